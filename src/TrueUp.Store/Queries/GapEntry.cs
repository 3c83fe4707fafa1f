namespace TrueUp.Store.Queries;

/// <summary>A difference that was found, or, without a key, how many others there were beyond those listed.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Kind"><c>gap</c> (only on the source), <c>drift</c> (on both, different), <c>extra</c> (only on the
/// target).</param>
/// <param name="Key">The record's key, or null.</param>
/// <param name="Columns">The columns that differ; empty for a gap or an extra.</param>
/// <param name="Others">Differences of the kind that are not listed.</param>
/// <param name="FoundAt">When (UTC).</param>
public sealed record GapEntry(string Unit, string Kind, string? Key, IReadOnlyList<string> Columns, long Others,
    DateTimeOffset FoundAt);
