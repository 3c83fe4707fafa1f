using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Monitoring;

/// <summary>A whole history as one (P26).</summary>
/// <param name="TotalRuns">Runs that ended by themselves.</param>
/// <param name="SuccessRate">The share that went through, 0 to 1; null without runs.</param>
/// <param name="AverageDurationMs">Mean time of a run; null without runs.</param>
/// <param name="PeakDurationMs">The longest run; null without runs.</param>
/// <param name="RecordsProcessed">Records processed.</param>
/// <param name="AverageThroughput">Records per second of run time; null when no time was taken.</param>
/// <param name="PeakMemoryUsageMb">The most memory at the end of a run; null without runs.</param>
/// <param name="ErrorCount">Errors the runs left.</param>
/// <param name="ErrorRate">The share of records that failed; of runs where no record was processed; null without
/// runs.</param>
internal sealed record AggregatedMetricsBody(
    long TotalRuns,
    double? SuccessRate,
    double? AverageDurationMs,
    double? PeakDurationMs,
    long RecordsProcessed,
    double? AverageThroughput,
    double? PeakMemoryUsageMb,
    long ErrorCount,
    double? ErrorRate
)
{
    public static AggregatedMetricsBody Of(RunTotals totals) =>
        new(
            totals.Runs,
            totals.SuccessRate,
            totals.AverageSeconds * 1000,
            totals.Runs == 0 ? null : totals.SecondsMax * 1000,
            totals.Successes + totals.Failures,
            totals.Throughput,
            totals.MemoryMbMax,
            totals.Errors,
            totals.ErrorRate
        );
}
