namespace TrueUp.Store.Settings;

/// <summary>A line for the history.</summary>
/// <param name="Key">What changed.</param>
/// <param name="OldValue">What was in force as JSON, or null for nothing.</param>
/// <param name="NewValue">What is in force as JSON, or null for nothing.</param>
/// <param name="Source">How it came about.</param>
/// <param name="Note">Why; cleaned of secrets when it is written.</param>
public sealed record ConfigTrail(string Key, string? OldValue, string? NewValue, ConfigSource Source, string? Note);
