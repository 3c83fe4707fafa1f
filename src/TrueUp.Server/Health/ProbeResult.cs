namespace TrueUp.Server.Health;

/// <summary>What a look at something came to.</summary>
/// <param name="Status">How well it is.</param>
/// <param name="Message">Why, for people; without secrets.</param>
internal sealed record ProbeResult(HealthStatus Status, string Message)
{
    public static ProbeResult Healthy(string message) => new(HealthStatus.Healthy, message);

    public static ProbeResult Degraded(string message) => new(HealthStatus.Degraded, message);

    public static ProbeResult Unhealthy(string message) => new(HealthStatus.Unhealthy, message);
}
