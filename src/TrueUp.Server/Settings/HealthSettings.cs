namespace TrueUp.Server.Settings;

/// <summary>What, beyond the server itself, has to be well for it to be called ready.</summary>
public sealed record HealthSettings
{
    /// <summary>
    /// How old the last proof of a scheduled pipeline may be; null to let that not matter. A pipeline that runs more
    /// seldom has twice its interval.
    /// </summary>
    public TimeSpan? ProofAge { get; init; }

    /// <summary>How long a change feed may stand still; null to let that not matter.</summary>
    public TimeSpan? FeedStall { get; init; }
}
