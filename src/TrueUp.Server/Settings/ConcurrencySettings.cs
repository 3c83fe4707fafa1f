namespace TrueUp.Server.Settings;

/// <summary>How much runs at the same time.</summary>
public sealed record ConcurrencySettings
{
    /// <summary>Runs on one server at most, from 1.</summary>
    public int Server { get; init; } = 4;

    /// <summary>Runs on all servers together at most; 0 for no limit.</summary>
    public int Cluster { get; init; }
}
