using TrueUp.Pipelines;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Metrics;

/// <summary>How old a pipeline's last proof is.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Age">Since then.</param>
/// <param name="Interval">From then until it was due again, or null when it has no schedule.</param>
/// <param name="Status">How it stands, or null when it never ran.</param>
internal sealed record ProofAge(PipelineDefinition Pipeline, TimeSpan Age, TimeSpan? Interval, PipelineStatus? Status)
{
    /// <summary>Whether somebody paused it.</summary>
    public bool IsPaused => Status?.IsPaused ?? false;

    /// <summary>By how much the target is older than its schedule lets it be; null without a schedule.</summary>
    public TimeSpan? Lag => Interval is { } interval ? TimeSpan.FromTicks(Math.Max(0, (Age - interval).Ticks)) : null;

    /// <summary>
    /// Whether the proof of an active, scheduled pipeline is older than it may be. One that runs more seldom has twice
    /// its interval.
    /// </summary>
    public bool IsStale(TimeSpan ageMax) =>
        !IsPaused && Interval is { } interval && Age > TimeSpan.FromTicks(Math.Max(ageMax.Ticks, 2 * interval.Ticks));
}
