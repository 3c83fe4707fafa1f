namespace TrueUp.Server.Api.Monitoring;

/// <summary>Is anything wrong.</summary>
/// <param name="OverallStatus">As the worst pipeline.</param>
/// <param name="SyncEntities">Every pipeline that ever ran, by name.</param>
/// <param name="ActiveAlerts">Alerts nobody has acknowledged.</param>
/// <param name="PerformanceSummary">All together.</param>
/// <param name="LastUpdated">The moment this is about.</param>
internal sealed record HealthOverviewBody(
    HealthLevel OverallStatus,
    IReadOnlyDictionary<string, EntityHealthBody> SyncEntities,
    IReadOnlyList<AlertBody> ActiveAlerts,
    PerformanceSummaryBody PerformanceSummary,
    DateTimeOffset LastUpdated
);
