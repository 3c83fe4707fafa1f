namespace TrueUp.Store.Queries;

/// <summary>Runs of a slice of time together (P26); those that count are said in <see cref="EntityHealth"/>.</summary>
public sealed record RunTotals
{
    /// <summary>The beginning of the slice (UTC).</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Its end, which does not belong to it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Runs that went through.</summary>
    public long Completed { get; init; }

    /// <summary>Runs that failed.</summary>
    public long Failed { get; init; }

    /// <summary>Records that are as they should be.</summary>
    public long Successes { get; init; }

    /// <summary>Records that were skipped or refused.</summary>
    public long Failures { get; init; }

    /// <summary>Seconds all runs together took.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds the longest took.</summary>
    public double SecondsMax { get; init; }

    /// <summary>The most memory the process had at the end of one, in megabytes; null when none ended.</summary>
    public double? MemoryMbMax { get; init; }

    /// <summary>Errors the runs left.</summary>
    public long Errors { get; init; }

    /// <summary>Runs that ended by themselves.</summary>
    public long Runs => Completed + Failed;

    /// <summary>The share of runs that went through, 0 to 1; null without runs.</summary>
    public double? SuccessRate => Runs == 0 ? null : (double)Completed / Runs;

    /// <summary>
    /// The share of records that failed, 0 to 1; where no record was processed, the share of runs; null without runs.
    /// </summary>
    public double? ErrorRate =>
        Runs == 0 ? null
        : Successes + Failures == 0 ? (double)Failed / Runs
        : (double)Failures / (Successes + Failures);

    /// <summary>Mean seconds of a run; null without runs.</summary>
    public double? AverageSeconds => Runs == 0 ? null : Seconds / Runs;

    /// <summary>Records per second of run time; null when no time was taken.</summary>
    public double? Throughput => Seconds > 0 ? (Successes + Failures) / Seconds : null;

    /// <summary>Slices that follow each other as one.</summary>
    /// <param name="slices">At least one, in their order.</param>
    public static RunTotals Of(IReadOnlyList<RunTotals> slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        return new()
        {
            From = slices[0].From,
            To = slices[^1].To,
            Completed = slices.Sum(s => s.Completed),
            Failed = slices.Sum(s => s.Failed),
            Successes = slices.Sum(s => s.Successes),
            Failures = slices.Sum(s => s.Failures),
            Seconds = slices.Sum(s => s.Seconds),
            SecondsMax = slices.Max(s => s.SecondsMax),
            MemoryMbMax = slices.Max(s => s.MemoryMbMax),
            Errors = slices.Sum(s => s.Errors),
        };
    }
}
