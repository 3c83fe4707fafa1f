using TrueUp.Runs;

namespace TrueUp.Store.Queries;

/// <summary>Which runs are wanted: those that match every filter that is not null.</summary>
public sealed record RunQuery
{
    /// <summary>Runs listed at most, if nothing else is said.</summary>
    public const int LimitDefault = 50;

    /// <summary>The pipeline.</summary>
    public string? Pipeline { get; init; }

    /// <summary>One of these pipelines, beyond what else is asked for; null for all.</summary>
    public IReadOnlyCollection<string>? Among { get; init; }

    /// <summary>Where the run stands.</summary>
    public RunState? State { get; init; }

    /// <summary>
    /// True for runs that completed, false for runs that ended otherwise; a run in progress is neither.
    /// </summary>
    public bool? Succeeded { get; init; }

    /// <summary>What the proof said.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>What started it.</summary>
    public TriggerSource? Trigger { get; init; }

    /// <summary>Started at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Started before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>A record's key that the run recorded: processed, found different, or in an error.</summary>
    public string? Key { get; init; }

    /// <summary>Runs at most.</summary>
    public int Limit { get; init; } = LimitDefault;

    /// <summary>The <see cref="Page{T}.Next"/> of the page before, or null for the first.</summary>
    public string? After { get; init; }
}
