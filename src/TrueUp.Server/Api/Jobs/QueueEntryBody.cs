namespace TrueUp.Server.Api.Jobs;

/// <summary>A job that waits, and why.</summary>
/// <param name="Position">Its place in the order in which jobs are taken, from 1.</param>
/// <param name="WaitsFor">Why it waits.</param>
/// <param name="Job">The job.</param>
internal sealed record QueueEntryBody(int Position, WaitReason WaitsFor, JobBody Job);
