using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Monitoring;

/// <summary>What makes a pipeline, and all together, well or not.</summary>
internal static class HealthRules
{
    /// <summary>Below this share of runs within 24 hours somebody should look.</summary>
    public const double SuccessRateMin = 0.95;

    /// <summary>
    /// A pipeline is critical when as many runs failed in a row as its threshold says, and wants a look when one
    /// failed since the last that went through, or more than one in twenty did within 24 hours.
    /// </summary>
    public static HealthLevel Of(EntityHealth entity) =>
        entity.ConsecutiveFailures >= Math.Max(1, entity.AlertThreshold) ? HealthLevel.Critical
        : entity.ConsecutiveFailures > 0 || SuccessRate(entity) < SuccessRateMin ? HealthLevel.Warning
        : HealthLevel.Healthy;

    /// <summary>All are as well as the worst of them.</summary>
    public static HealthLevel Of(IEnumerable<HealthLevel> levels) => levels.DefaultIfEmpty(HealthLevel.Healthy).Max();

    /// <summary>The share of runs that went through within 24 hours, 0 to 1; null without runs (P19).</summary>
    public static double? SuccessRate(EntityHealth entity) =>
        entity.Completed + entity.Failed == 0 ? null : (double)entity.Completed / (entity.Completed + entity.Failed);

    /// <summary>
    /// One number for all, 0 to 100: 60 for the share of runs that went through, 20 for the share of records without
    /// error, 20 for the share of pipelines that are well. What did not happen counts as well.
    /// </summary>
    public static double Score(RunTotals totals, IReadOnlyList<HealthLevel> levels)
    {
        var well = levels.Count == 0 ? 1 : (double)levels.Count(l => l == HealthLevel.Healthy) / levels.Count;
        return (60 * (totals.SuccessRate ?? 1)) + (20 * (1 - (totals.ErrorRate ?? 0))) + (20 * well);
    }
}
