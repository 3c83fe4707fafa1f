namespace TrueUp.Runs;

/// <summary>How many records a run saw and what became of them.</summary>
public sealed record RunCounts
{
    /// <summary>Records on the source, those that could not be carried included.</summary>
    public long Source { get; init; }

    /// <summary>Rows on the target in the end, within what the pipeline owns.</summary>
    public long Target { get; init; }

    /// <summary>Rows inserted.</summary>
    public long Created { get; init; }

    /// <summary>Rows overwritten.</summary>
    public long Updated { get; init; }

    /// <summary>Rows removed.</summary>
    public long Deleted { get; init; }

    /// <summary>Records left out with a reason before apply (rules, unreadable values, duplicates).</summary>
    public long Skipped { get; init; }

    /// <summary>Rows left alone because the target's is newer.</summary>
    public long Kept { get; init; }

    /// <summary>Records the target refused.</summary>
    public long Failed { get; init; }

    /// <summary>The counts of two units together.</summary>
    public static RunCounts operator +(RunCounts left, RunCounts right) =>
        new()
        {
            Source = left.Source + right.Source,
            Target = left.Target + right.Target,
            Created = left.Created + right.Created,
            Updated = left.Updated + right.Updated,
            Deleted = left.Deleted + right.Deleted,
            Skipped = left.Skipped + right.Skipped,
            Kept = left.Kept + right.Kept,
            Failed = left.Failed + right.Failed,
        };
}
