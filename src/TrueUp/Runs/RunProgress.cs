namespace TrueUp.Runs;

/// <summary>How far a run is.</summary>
/// <param name="Phase"><c>detecting</c>, <c>syncing</c>, <c>verifying</c>.</param>
/// <param name="Unit">The unit at work; empty when there is only one.</param>
/// <param name="Processed">Records processed in this phase.</param>
/// <param name="Expected">How many there will be, or null when unknown.</param>
/// <param name="Errors">Records skipped or refused so far.</param>
public sealed record RunProgress(string Phase, string Unit, long Processed, long? Expected, long Errors);
