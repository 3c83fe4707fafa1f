namespace TrueUp.Server.Settings;

/// <summary>Who changes something, and why.</summary>
/// <param name="By">Who.</param>
/// <param name="Note">Why, or null.</param>
/// <param name="Expected">The value in force that the change is meant for, as JSON; null for whichever it is.</param>
internal sealed record ChangeOrder(string By, string? Note = null, string? Expected = null);
