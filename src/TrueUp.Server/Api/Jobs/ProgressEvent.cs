using TrueUp.Store.Jobs;

namespace TrueUp.Server.Api.Jobs;

/// <summary>How a job stands at one moment.</summary>
/// <param name="SyncJobId">The job.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="RunId">Its run, or null before it began.</param>
/// <param name="Progress">How far it is.</param>
internal sealed record ProgressEvent(string SyncJobId, JobState Status, string? RunId, ProgressBody Progress)
{
    public static ProgressEvent Of(Job job) => new(job.Id, job.State, job.RunId, ProgressBody.Of(job));

    /// <summary>Whether nothing comes after it.</summary>
    public bool IsLast() => Status is JobState.Completed or JobState.Failed or JobState.Cancelled;
}
