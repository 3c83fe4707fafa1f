using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Runs;

/// <summary>A run as lists show it.</summary>
internal sealed record RunBody
{
    /// <summary>Its identifier.</summary>
    public required string RunId { get; init; }

    /// <summary>Its pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState Status { get; init; }

    /// <summary>What was proven, or null while it is not known.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>What started it.</summary>
    public required TriggerSource Trigger { get; init; }

    /// <summary>Who started it, or null.</summary>
    public string? TriggeredBy { get; init; }

    /// <summary>What the pipeline allows.</summary>
    public required SyncMode Mode { get; init; }

    /// <summary>Whether it only compared.</summary>
    public bool VerifyOnly { get; init; }

    /// <summary>Whether changes were only counted.</summary>
    public bool DryRun { get; init; }

    /// <summary>For an undo, the run it undid; null otherwise.</summary>
    public string? UndoneRun { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What became of its records, or null while it is not known.</summary>
    public RunSummaryBody? Summary { get; init; }

    /// <summary>Where the time went, or null while it is not known.</summary>
    public PhaseDurations? Phases { get; init; }

    /// <summary>Why it stopped, for machines, or null.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it stopped, or null.</summary>
    public string? ErrorMessage { get; init; }

    public static RunBody Of(RunSummary run) =>
        new()
        {
            RunId = run.RunId,
            Pipeline = run.Pipeline,
            Status = run.Status,
            Verdict = run.Verdict,
            Trigger = run.Trigger,
            TriggeredBy = run.TriggeredBy,
            Mode = run.Mode,
            VerifyOnly = run.VerifyOnly,
            DryRun = run.DryRun,
            UndoneRun = run.UndoneRun,
            StartedAt = run.StartedAt,
            FinishedAt = run.FinishedAt,
            Summary = run.Counts is { } counts ? RunSummaryBody.Of(counts) : null,
            Phases = run.Phases,
            ErrorCode = run.ErrorCode,
            ErrorMessage = run.ErrorMessage,
        };
}
