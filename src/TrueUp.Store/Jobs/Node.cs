namespace TrueUp.Store.Jobs;

/// <summary>A server of this control database.</summary>
/// <param name="Id">Its identifier, new with each start.</param>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where it listens, or null.</param>
/// <param name="Version">Its program's version.</param>
/// <param name="State">Whether it takes work.</param>
/// <param name="StartedAt">When it started (UTC).</param>
/// <param name="HeartbeatAt">When it was last heard of (UTC).</param>
/// <param name="IsAlive">False when it was not heard of for longer than its lease.</param>
/// <param name="Running">Runs it has.</param>
/// <param name="RunningMax">Runs it takes at most.</param>
public sealed record Node(
    string Id,
    string Name,
    string? Url,
    string Version,
    NodeState State,
    DateTimeOffset StartedAt,
    DateTimeOffset HeartbeatAt,
    bool IsAlive,
    int Running,
    int RunningMax
);
