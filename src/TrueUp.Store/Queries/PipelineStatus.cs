using TrueUp.Runs;

namespace TrueUp.Store.Queries;

/// <summary>How a pipeline stands (P13), and how old its last proof is.</summary>
public sealed record PipelineStatus
{
    /// <summary>Its name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Whether a run or a verification is in progress, or was when its process ended.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>Whether somebody paused it.</summary>
    public bool IsPaused { get; init; }

    /// <summary>When it was paused (UTC), or null.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Who paused it, or null.</summary>
    public string? PausedBy { get; init; }

    /// <summary>Why it was paused, or null.</summary>
    public string? PausedNote { get; init; }

    /// <summary>When a run last went through (UTC), or null.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>The newest run or verification that was no rehearsal, or null.</summary>
    public string? LastRunId { get; init; }

    /// <summary>Where that stands, or null.</summary>
    public RunState? LastStatus { get; init; }

    /// <summary>What that proved, or null while it is not known.</summary>
    public Verdict? LastVerdict { get; init; }

    /// <summary>Why that stopped: a code for machines, or null.</summary>
    public string? LastError { get; init; }

    /// <summary>When source and target were last proven to agree (UTC), or null for never.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>The run or verification that proved it, or null.</summary>
    public string? ProvenBy { get; init; }

    /// <summary>Seconds since then, or null for never.</summary>
    public double? ProofAgeSeconds { get; init; }
}
