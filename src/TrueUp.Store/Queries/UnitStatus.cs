using TrueUp.Runs;

namespace TrueUp.Store.Queries;

/// <summary>How a unit did last.</summary>
/// <param name="Pipeline">Its pipeline.</param>
/// <param name="Unit">Its name; empty when the pipeline has one part only.</param>
/// <param name="RunId">The run it was last part of.</param>
/// <param name="Status">How it ended there.</param>
/// <param name="Verdict">What was proven of it.</param>
/// <param name="RecordsProcessed">Its records in that run.</param>
/// <param name="Duration">Seconds it took.</param>
/// <param name="EndedAt">When it ended (UTC).</param>
public sealed record UnitStatus(
    string Pipeline,
    string Unit,
    string RunId,
    RunStatus Status,
    Verdict Verdict,
    long RecordsProcessed,
    double Duration,
    DateTimeOffset EndedAt
)
{
    /// <summary>Why it stopped, or null.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>What kind of trouble, in upper case, or null.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The highest attempt at recovering it, or 0.</summary>
    public int Retries { get; init; }
}
