using System.Text.Json.Serialization;
using TrueUp.Pipelines;
using TrueUp.Runs;

namespace TrueUp.Store.Queries;

/// <summary>A run as lists show it.</summary>
public sealed record RunSummary
{
    /// <summary>Its identifier.</summary>
    public required string RunId { get; init; }

    /// <summary>Its pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState Status { get; init; }

    /// <summary>What started it.</summary>
    public required TriggerSource Trigger { get; init; }

    /// <summary>Who started it, or null.</summary>
    public string? TriggeredBy { get; init; }

    /// <summary>What the pipeline allows.</summary>
    public required SyncMode Mode { get; init; }

    /// <summary>True for a verification.</summary>
    public bool VerifyOnly { get; init; }

    /// <summary>True when changes were only counted.</summary>
    public bool DryRun { get; init; }

    /// <summary>For an undo, the run it undid; null otherwise.</summary>
    public string? UndoneRun { get; init; }

    /// <summary>
    /// The units it was about when it left others out, known when it has ended; null when it was about all.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? OnlyUnits { get; init; }

    /// <summary>When it began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Records that are as they should be.</summary>
    public long SuccessCount { get; init; }

    /// <summary>Records that were skipped or refused.</summary>
    public long FailureCount { get; init; }

    /// <summary>What was proven, or null while it is not known.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>What became of its records, or null while it is not known.</summary>
    public RunCounts? Counts { get; init; }

    /// <summary>Where the time went, or null while it is not known.</summary>
    public PhaseDurations? Phases { get; init; }

    /// <summary>Why it stopped: a code for machines, or null.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it stopped, or null.</summary>
    public string? ErrorMessage { get; init; }
}
