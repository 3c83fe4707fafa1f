namespace TrueUp.Server.Settings;

/// <summary>
/// What may change while a server runs: <c>trueup.yaml</c>, overridden by what the control database holds. Immutable; a
/// change makes a new one.
/// </summary>
public sealed record ServerSettings
{
    /// <summary>How much runs at the same time.</summary>
    public ConcurrencySettings Concurrency { get; init; } = new();

    /// <summary>Automatic later retries.</summary>
    public RecoverySettings Recovery { get; init; } = new();

    /// <summary>How servers share work.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>Who reaches the server; a change takes effect with the next start.</summary>
    public SecuritySettings Security { get; init; } = new();

    /// <summary>Intervals that replace those of pipeline files, by pipeline; each at least a minute.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Intervals { get; init; } = new Dictionary<string, TimeSpan>();
}
