namespace TrueUp.Server.Api.Monitoring;

/// <summary>How runs did over a time.</summary>
/// <param name="EntityType">The pipeline, or <c>all</c>.</param>
/// <param name="Period">The time before now.</param>
/// <param name="DataPoints">Its slices, the oldest first; slices without runs included.</param>
/// <param name="AggregatedMetrics">All slices as one.</param>
internal sealed record PerformanceHistoryBody(
    string EntityType,
    string Period,
    IReadOnlyList<DataPointBody> DataPoints,
    AggregatedMetricsBody AggregatedMetrics
);
