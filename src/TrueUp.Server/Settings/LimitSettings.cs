namespace TrueUp.Server.Settings;

/// <summary>What a client of the API may ask for.</summary>
public sealed record LimitSettings
{
    /// <summary>Requests of one client in a minute at most; 0 for no limit.</summary>
    public int RequestsPerMinute { get; init; } = 60_000;

    /// <summary>The longest body of a request that is read.</summary>
    public long BodyBytes { get; init; } = 1 << 20;
}
