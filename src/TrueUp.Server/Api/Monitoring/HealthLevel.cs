namespace TrueUp.Server.Api.Monitoring;

/// <summary>How well something is.</summary>
internal enum HealthLevel
{
    /// <summary>Nothing needs anybody.</summary>
    Healthy,

    /// <summary>Somebody should look.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Critical,
}
