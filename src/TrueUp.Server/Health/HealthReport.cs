namespace TrueUp.Server.Health;

/// <summary>How well a server is.</summary>
/// <param name="Timestamp">When it was looked at (UTC).</param>
/// <param name="Checks">What was looked at, by name.</param>
internal sealed record HealthReport(DateTimeOffset Timestamp, IReadOnlyList<CheckReport> Checks)
{
    /// <summary>The worst of its checks, where what is not vital can only degrade.</summary>
    public HealthStatus Status =>
        Checks
            .Select(check =>
                check is { IsVital: false, Result.Status: HealthStatus.Unhealthy }
                    ? HealthStatus.Degraded
                    : check.Result.Status
            )
            .DefaultIfEmpty(HealthStatus.Healthy)
            .Max();
}
