namespace TrueUp.Store.Jobs;

/// <summary>What a server brings when it asks for work.</summary>
/// <param name="NodeId">The server.</param>
/// <param name="Lease">How long its claim holds without being renewed.</param>
/// <param name="RunningMax">Runs at most on all servers together; 0 for no limit.</param>
/// <param name="Pipelines">
/// The pipelines it has a file for, which are not paused: jobs of others are left to others.
/// </param>
public sealed record JobClaim(string NodeId, TimeSpan Lease, int RunningMax, IReadOnlyCollection<string> Pipelines);
