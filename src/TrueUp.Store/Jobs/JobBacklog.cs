namespace TrueUp.Store.Jobs;

/// <summary>What waits at a priority.</summary>
/// <param name="Priority">The priority.</param>
/// <param name="Waiting">Jobs that wait, those included whose time has not come.</param>
/// <param name="DueAt">When the first of them is or was due (UTC).</param>
public sealed record JobBacklog(JobPriority Priority, long Waiting, DateTimeOffset DueAt);
