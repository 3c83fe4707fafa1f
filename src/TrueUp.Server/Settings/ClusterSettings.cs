namespace TrueUp.Server.Settings;

/// <summary>How servers share work.</summary>
public sealed record ClusterSettings
{
    /// <summary>How long a server that is not heard of keeps its jobs.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server that is being stopped may take to end what it runs.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);
}
