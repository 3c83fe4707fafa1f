using System.Text.Json.Serialization;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Monitoring;

/// <summary>What a dashboard's first page shows of a pipeline, or of all.</summary>
/// <param name="LastSuccessfulSync">When a run last went through, or null (P18).</param>
/// <param name="NextScheduledSync">When the next one is due by schedule, or null (P18).</param>
/// <param name="SuccessRate24h">The share of runs that went through within 24 hours; null without runs (P19).</param>
/// <param name="SuccessRate7d">The same within 7 days (P19).</param>
/// <param name="CurrentGapCount">Keys missing on the target as of the last proof (P20).</param>
/// <param name="RecentAlerts">Alerts, newest first (P21).</param>
/// <param name="SyncTrend">The newest hundred runs of 7 days, the oldest of them first (P22).</param>
internal sealed record DashboardBody(
    DateTimeOffset? LastSuccessfulSync,
    DateTimeOffset? NextScheduledSync,
    [property: JsonPropertyName("success_rate_24h")] double? SuccessRate24h,
    [property: JsonPropertyName("success_rate_7d")] double? SuccessRate7d,
    long CurrentGapCount,
    IReadOnlyList<AlertBody> RecentAlerts,
    IReadOnlyList<TrendPoint> SyncTrend
);
