namespace TrueUp.Server.Settings;

/// <summary>When a server is not ready although it works.</summary>
public sealed record HealthSettings
{
    /// <summary>A pipeline's last proof may be this old at most; null for no limit.</summary>
    public TimeSpan? ProofAge { get; init; }

    /// <summary>A feed that has something to do may stand still this long at most; null for no limit.</summary>
    public TimeSpan? FeedStall { get; init; }
}
