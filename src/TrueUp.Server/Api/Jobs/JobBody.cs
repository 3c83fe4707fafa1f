using TrueUp.Runs;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Api.Jobs;

/// <summary>A job as clients get it.</summary>
internal sealed record JobBody
{
    /// <summary>Its identifier.</summary>
    public required string SyncJobId { get; init; }

    /// <summary>The pipeline.</summary>
    public required string EntityType { get; init; }

    /// <summary>Only this unit; null for all.</summary>
    public string? Unit { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState Status { get; init; }

    /// <summary>Who goes first.</summary>
    public required JobPriority Priority { get; init; }

    /// <summary>What asked for it.</summary>
    public required TriggerSource Trigger { get; init; }

    /// <summary>Who asked for it, or null.</summary>
    public string? TriggeredBy { get; init; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it only compares.</summary>
    public bool VerifyOnly { get; init; }

    /// <summary>When it was queued.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When it may begin.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it began, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>
    /// When it will have ended, from how long runs take and what is ahead; null when that is not known.
    /// </summary>
    public DateTimeOffset? EstimatedCompletion { get; init; }

    /// <summary>How far it is.</summary>
    public required ProgressBody Progress { get; init; }

    /// <summary>The run that came of it, or null before it began.</summary>
    public string? RunId { get; init; }

    /// <summary>The server that runs or ran it, or null.</summary>
    public string? NodeId { get; init; }

    /// <summary>How often it was tried, this time included.</summary>
    public int Attempt { get; init; }

    /// <summary>When somebody asked to cancel it, or null.</summary>
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>Who, or null.</summary>
    public string? CancelRequestedBy { get; init; }

    /// <summary>Records its run processed, or null before it ended.</summary>
    public long? RecordsProcessed { get; init; }

    /// <summary>Why it failed, for machines, or null.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? ErrorMessage { get; init; }

    public static JobBody Of(Job job, DateTimeOffset? estimatedCompletion) =>
        new()
        {
            SyncJobId = job.Id,
            EntityType = job.Pipeline,
            Unit = job.Unit,
            Status = job.State,
            Priority = job.Priority,
            Trigger = job.Trigger,
            TriggeredBy = job.TriggeredBy,
            Reason = job.Reason,
            VerifyOnly = job.VerifyOnly,
            EnqueuedAt = job.EnqueuedAt,
            DueAt = job.DueAt,
            StartedAt = job.StartedAt,
            FinishedAt = job.FinishedAt,
            EstimatedCompletion = job.FinishedAt is null ? estimatedCompletion : null,
            Progress = ProgressBody.Of(job),
            RunId = job.RunId,
            NodeId = job.NodeId,
            Attempt = job.Attempt,
            CancelRequestedAt = job.CancelRequestedAt,
            CancelRequestedBy = job.CancelRequestedBy,
            RecordsProcessed = job.RecordsProcessed,
            ErrorCode = job.ErrorCode,
            ErrorMessage = job.ErrorMessage,
        };
}
