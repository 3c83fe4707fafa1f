namespace TrueUp.Store.Queries;

/// <summary>Something that happened to a pipeline.</summary>
/// <param name="At">When (UTC), to the microsecond.</param>
/// <param name="Kind"><c>run</c>, <c>error</c>, <c>request</c> (somebody asked for a run), <c>pause</c>,
/// <c>config</c> (its file or its interval was changed).</param>
/// <param name="Id">The run's, error's, job's or change's identifier; of a pause the pipeline's name.</param>
/// <param name="Status">
/// How a run or request stands, how bad an error is, where a change came from; null for a pause.
/// </param>
/// <param name="Actor">Who, or null.</param>
/// <param name="Message">What is said about it, or null.</param>
/// <param name="RunId">The run it belongs to, or null.</param>
public sealed record TimelineEntry(
    DateTimeOffset At,
    string Kind,
    string Id,
    string? Status,
    string? Actor,
    string? Message,
    string? RunId
);
