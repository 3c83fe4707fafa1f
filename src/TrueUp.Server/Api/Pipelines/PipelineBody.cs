using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Scheduling;
using TrueUp.Store.Jobs;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Pipelines;

/// <summary>A pipeline and how it stands.</summary>
internal sealed record PipelineBody
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How it stands.</summary>
    public required PipelineState State { get; init; }

    /// <summary>What it allows; null when its file is gone or broken.</summary>
    public SyncMode? Mode { get; init; }

    /// <summary>The kind of its source, such as <c>xlsx</c>, or null.</summary>
    public string? Source { get; init; }

    /// <summary>The kind of its target, or null.</summary>
    public string? Target { get; init; }

    /// <summary>When it runs, in words; null when only on demand.</summary>
    public string? Schedule { get; init; }

    /// <summary>When it runs by itself next; empty without a schedule. Details have the next five.</summary>
    public IReadOnlyList<DateTimeOffset> NextFires { get; init; } = [];

    /// <summary>Who paused it; null when nobody did.</summary>
    public PauseState? Paused { get; init; }

    /// <summary>When a run last went through, or null.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>Its newest run or verification, or null.</summary>
    public string? LastRunId { get; init; }

    /// <summary>Where that stands, or null.</summary>
    public RunState? LastStatus { get; init; }

    /// <summary>What that proved, or null.</summary>
    public Verdict? LastVerdict { get; init; }

    /// <summary>Why that stopped, for machines, or null.</summary>
    public string? LastError { get; init; }

    /// <summary>When source and target were last proven to agree, or null.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>Seconds since then, or null.</summary>
    public double? ProofAgeSeconds { get; init; }

    /// <summary>The job of it that runs, else the one that waits, or null.</summary>
    public string? OpenJobId { get; init; }

    /// <summary>Findings about its file.</summary>
    public int FindingsCount { get; init; }

    /// <param name="name">Its name.</param>
    /// <param name="entry">Its file, or null.</param>
    /// <param name="status">How it stands, or null when it never ran.</param>
    /// <param name="open">Its open job, or null.</param>
    public static PipelineBody Of(string name, PipelineEntry? entry, PipelineStatus? status, Job? open) =>
        new()
        {
            Name = name,
            State = StateOf(entry, status, open),
            Mode = entry?.Definition?.Mode,
            Source = entry?.Definition?.Source.Type,
            Target = entry?.Definition?.Target.Type,
            Schedule = ScheduleWords.Of(entry?.Definition?.Schedule),
            Paused = status is { IsPaused: true }
                ? new PauseState(status.PausedAt, status.PausedBy, status.PausedNote)
                : null,
            LastSync = status?.LastSync,
            LastRunId = status?.LastRunId,
            LastStatus = status?.LastStatus,
            LastVerdict = status?.LastVerdict,
            LastError = status?.LastError,
            ProvenAt = status?.ProvenAt,
            ProofAgeSeconds = status?.ProofAgeSeconds,
            OpenJobId = open?.Id,
            FindingsCount = entry?.Findings.Count ?? 0,
        };

    private static PipelineState StateOf(PipelineEntry? entry, PipelineStatus? status, Job? open) =>
        entry switch
        {
            { Definition: null } => PipelineState.Broken,
            _ when status is { IsPaused: true } => PipelineState.Paused,
            _ when open?.State == JobState.Running || (open is null && status is { IsRunning: true }) =>
                PipelineState.Running,
            _ when open is not null => PipelineState.Queued,
            null => PipelineState.Removed,
            _ => status switch
            {
                { LastStatus: RunState.Failed } => PipelineState.Failed,
                { LastStatus: null } or null => PipelineState.New,
                { LastVerdict: Verdict.Verified or Verdict.Repaired } => PipelineState.Healthy,
                _ => PipelineState.Unproven,
            },
        };
}
