using System.Text.Json.Serialization;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Monitoring;

/// <summary>How a pipeline did of late.</summary>
/// <param name="Status">How well it is.</param>
/// <param name="LastSuccessfulSync">When a run last went through, or null (P13, P18).</param>
/// <param name="SuccessRate24h">The share of runs that went through, 0 to 1; null without runs (P19).</param>
/// <param name="ConsecutiveFailures">Runs that failed since.</param>
/// <param name="AverageDuration">Mean seconds of a run, or null when it never ran.</param>
/// <param name="RecordsProcessedToday">Records processed since midnight UTC.</param>
/// <param name="IsPaused">Whether somebody paused it.</param>
internal sealed record EntityHealthBody(
    HealthLevel Status,
    DateTimeOffset? LastSuccessfulSync,
    [property: JsonPropertyName("success_rate_24h")] double? SuccessRate24h,
    long ConsecutiveFailures,
    double? AverageDuration,
    long RecordsProcessedToday,
    bool IsPaused
)
{
    public static EntityHealthBody Of(EntityHealth entity) =>
        new(
            HealthRules.Of(entity),
            entity.LastSync,
            HealthRules.SuccessRate(entity),
            entity.ConsecutiveFailures,
            entity.AverageDuration,
            entity.RecordsToday,
            entity.IsPaused
        );
}
