namespace TrueUp.Store.Queries;

/// <summary>
/// How a pipeline did of late. Runs are those that synchronise: verifications, rehearsals and undos do not count, and
/// one that was cancelled is neither a success nor a failure.
/// </summary>
public sealed record EntityHealth
{
    /// <summary>Its name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>When a run last went through (UTC), or null.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>Runs begun within 24 hours that went through.</summary>
    public long Completed { get; init; }

    /// <summary>Runs begun within 24 hours that failed.</summary>
    public long Failed { get; init; }

    /// <summary>Runs that failed since the last that went through.</summary>
    public long ConsecutiveFailures { get; init; }

    /// <summary>How many of these are too many.</summary>
    public int AlertThreshold { get; init; }

    /// <summary>Mean seconds of a run, over all of them, or null.</summary>
    public double? AverageDuration { get; init; }

    /// <summary>Records processed since midnight UTC.</summary>
    public long RecordsToday { get; init; }

    /// <summary>Records processed within 24 hours.</summary>
    public long Records { get; init; }

    /// <summary>Whether somebody paused it.</summary>
    public bool IsPaused { get; init; }
}
