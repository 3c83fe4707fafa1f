using TrueUp.Runs;

namespace TrueUp.Store.Jobs;

/// <summary>An entry of the queue.</summary>
public sealed record Job
{
    /// <summary>Its identifier; sorts by the time it was queued.</summary>
    public required string Id { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Only this unit of it; null for all.</summary>
    public string? Unit { get; init; }

    /// <summary>Who goes first.</summary>
    public required JobPriority Priority { get; init; }

    /// <summary>What asked for it.</summary>
    public required TriggerSource Trigger { get; init; }

    /// <summary>Who asked for it, or null.</summary>
    public string? TriggeredBy { get; init; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>True to compare only.</summary>
    public bool VerifyOnly { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>When it was queued (UTC).</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When it may begin (UTC).</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When a server began it, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The run that came of it, or null before it began.</summary>
    public string? RunId { get; init; }

    /// <summary>The server that runs or ran it, or null.</summary>
    public string? NodeId { get; init; }

    /// <summary>How often it was claimed: only the server that knows the newest number may change the job.</summary>
    public long Claim { get; init; }

    /// <summary>Until when the claim holds if it is not renewed, or null.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>
    /// Whether a server runs it at a time: its lease is not over, nor from before a clock was set back.
    /// </summary>
    public bool IsHeldAt(DateTimeOffset now) =>
        State == JobState.Running && LeaseUntil > now && LeaseUntil <= now + JobClaims.LeaseMax;

    /// <summary>How many servers had it, this one included: more than one when servers were lost.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Which of the retries after a failure it is, from 1; 0 for none.</summary>
    public int Retries { get; init; }

    /// <summary>When somebody asked to cancel it, or null.</summary>
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>Who asked to cancel it, or null.</summary>
    public string? CancelRequestedBy { get; init; }

    /// <summary>How far it is, or null before anything is known.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>Records its run processed, or null before it ended.</summary>
    public long? RecordsProcessed { get; init; }

    /// <summary>Why it failed: a code for machines, or null.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? ErrorMessage { get; init; }
}
