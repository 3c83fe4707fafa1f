namespace TrueUp.Server.Health;

/// <summary>How well something is, from best to worst.</summary>
internal enum HealthStatus
{
    /// <summary>As it should be.</summary>
    Healthy,

    /// <summary>It works, and somebody should look.</summary>
    Degraded,

    /// <summary>It does not work.</summary>
    Unhealthy,
}
