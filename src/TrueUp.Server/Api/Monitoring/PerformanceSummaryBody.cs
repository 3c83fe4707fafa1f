using System.Text.Json.Serialization;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Monitoring;

/// <summary>All pipelines together, within 24 hours.</summary>
/// <param name="Runs24h">Runs that ended by themselves.</param>
/// <param name="SuccessRate24h">The share that went through, 0 to 1; null without runs.</param>
/// <param name="RecordsProcessed24h">Records processed.</param>
/// <param name="PipelinesHealthy">Pipelines that need nobody.</param>
/// <param name="PipelinesTotal">Pipelines that ever ran.</param>
internal sealed record PerformanceSummaryBody(
    [property: JsonPropertyName("runs_24h")] long Runs24h,
    [property: JsonPropertyName("success_rate_24h")] double? SuccessRate24h,
    [property: JsonPropertyName("records_processed_24h")] long RecordsProcessed24h,
    int PipelinesHealthy,
    int PipelinesTotal
)
{
    public static PerformanceSummaryBody Of(IReadOnlyList<EntityHealth> entities)
    {
        var (completed, failed) = (entities.Sum(e => e.Completed), entities.Sum(e => e.Failed));
        return new(
            completed + failed,
            completed + failed == 0 ? null : (double)completed / (completed + failed),
            entities.Sum(e => e.Records),
            entities.Count(e => HealthRules.Of(e) == HealthLevel.Healthy),
            entities.Count
        );
    }
}
