namespace TrueUp.Cli.Results;

/// <summary>One check of <c>doctor</c>.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Status"><c>ok</c>, <c>warning</c>, <c>failed</c> or <c>skipped</c>.</param>
/// <param name="Message">What was found.</param>
/// <param name="Suggestion">What to do about it, or null.</param>
internal sealed record CheckBody(string Check, string Status, string Message, string? Suggestion);
