using TrueUp.Audit;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Monitoring;

/// <summary>Turns what was counted into the metrics of the API.</summary>
internal static class MetricsCalculator
{
    public static MetricsBody Of(
        RunTotals totals,
        IReadOnlyList<EntityHealth> entities,
        IReadOnlyList<ErrorTotals> errors,
        TimeSpan? timeToResolution,
        int activeAlerts
    ) =>
        new()
        {
            ErrorRate = totals.ErrorRate,
            SyncJobSuccessRate = totals.SuccessRate,
            SuccessRateByEntity = entities.ToDictionary(entity => entity.Pipeline, HealthRules.SuccessRate),
            OverallSyncHealthScore = HealthRules.Score(totals, [.. entities.Select(HealthRules.Of)]),
            AverageSyncDuration = totals.AverageSeconds,
            PeakSyncDuration = totals.Runs == 0 ? null : totals.SecondsMax,
            AverageThroughput = totals.Throughput,
            PeakMemoryUsage = totals.MemoryMbMax,
            ErrorRateByType = Shares(errors),
            ConsecutiveFailureCount = entities.Select(entity => entity.ConsecutiveFailures).DefaultIfEmpty(0).Max(),
            CriticalErrorCount = errors.Where(e => e.Severity == Severity.Critical).Sum(e => e.Count),
            ActiveAlerts = activeAlerts,
            MeanTimeToResolution = timeToResolution?.TotalSeconds,
        };

    private static SortedDictionary<string, double> Shares(IReadOnlyList<ErrorTotals> errors)
    {
        var all = errors.Sum(e => e.Count);
        var shares = errors
            .GroupBy(e => e.Type.ToString().ToUpperInvariant(), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (double)group.Sum(e => e.Count) / all);
        return new SortedDictionary<string, double>(shares, StringComparer.Ordinal);
    }
}
