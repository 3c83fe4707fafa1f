namespace TrueUp.Runs;

/// <summary>A record that broke a rule.</summary>
/// <param name="Type"><c>missing_required_field</c>, <c>invalid_format</c>, <c>missing_property</c>,
/// <c>rule_failed</c>.</param>
/// <param name="Key">The record's key, or its place in the source when the key cannot be read.</param>
/// <param name="Field">The column.</param>
/// <param name="Reason">What is wrong; names the rule.</param>
public sealed record IntegrityIssue(string Type, string Key, string? Field, string Reason);
