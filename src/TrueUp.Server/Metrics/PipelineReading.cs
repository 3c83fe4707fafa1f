using TrueUp.Store.Jobs;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Metrics;

/// <summary>What the control database said last.</summary>
/// <param name="ReadAt">When (UTC).</param>
/// <param name="Problem">Why it could not be asked, cleaned; null if it could: only then is the rest known.</param>
/// <param name="Pipelines">How pipelines stand.</param>
/// <param name="Backlog">What waits.</param>
/// <param name="Nodes">The servers.</param>
internal sealed record PipelineReading(
    DateTimeOffset ReadAt,
    string? Problem,
    IReadOnlyList<PipelineStatus> Pipelines,
    IReadOnlyList<JobBacklog> Backlog,
    IReadOnlyList<Node> Nodes
);
