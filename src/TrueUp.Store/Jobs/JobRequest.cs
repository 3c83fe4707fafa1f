using TrueUp.Runs;

namespace TrueUp.Store.Jobs;

/// <summary>What is asked of the queue.</summary>
public sealed record JobRequest
{
    /// <summary>The pipeline to run.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Only this unit of it; null for all.</summary>
    public string? Unit { get; init; }

    /// <summary>Who goes first.</summary>
    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>What asks.</summary>
    public required TriggerSource Trigger { get; init; }

    /// <summary>Who asks, or null for nobody.</summary>
    public string? TriggeredBy { get; init; }

    /// <summary>Why, in the asker's words, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>True to compare only, and write nothing.</summary>
    public bool VerifyOnly { get; init; }

    /// <summary>How long it has to wait at least.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// When its schedule wants the next one, to be kept as the pipeline's <c>next_sync</c>; null keeps what is there.
    /// </summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>Which of the retries after a failure it is, from 1; 0 for none.</summary>
    public int Retries { get; init; }

    /// <summary>
    /// A key of the asker's choice: the same asker with the same key gets the same job, for a day. Null for none.
    /// </summary>
    public string? IdempotencyKey { get; init; }
}
