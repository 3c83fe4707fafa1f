using TrueUp.Pipelines;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Metrics;

/// <summary>How old a pipeline's last proof is.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Age">Since then.</param>
/// <param name="Interval">The longest time between two of its runs, or null when it has no schedule.</param>
/// <param name="Status">How it stands, or null when it never ran.</param>
internal sealed record ProofAge(PipelineDefinition Pipeline, TimeSpan Age, TimeSpan? Interval, PipelineStatus? Status)
{
    /// <summary>Whether somebody paused it.</summary>
    public bool IsPaused => Status?.IsPaused ?? false;

    /// <summary>By how much the target is older than its schedule lets it be; null without a schedule.</summary>
    public TimeSpan? Lag => Interval is { } interval ? TimeSpan.FromTicks(Math.Max(0, (Age - interval).Ticks)) : null;
}
