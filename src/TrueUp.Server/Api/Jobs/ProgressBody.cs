using TrueUp.Store.Jobs;

namespace TrueUp.Server.Api.Jobs;

/// <summary>How far a job is (P15).</summary>
/// <param name="UnitsProcessed">Units that ended.</param>
/// <param name="TotalUnits">Units there are; null while that is not known.</param>
/// <param name="CurrentStage"><c>queued</c>, then <c>detecting</c>, <c>syncing</c>, <c>verifying</c>, then how it
/// ended.</param>
/// <param name="Unit">The unit at work, or null.</param>
/// <param name="RecordsProcessed">Records processed in this stage.</param>
/// <param name="RecordsExpected">Records there will be; null when unknown.</param>
/// <param name="Errors">Records skipped or refused so far.</param>
internal sealed record ProgressBody(
    int UnitsProcessed,
    int? TotalUnits,
    string CurrentStage,
    string? Unit,
    long RecordsProcessed,
    long? RecordsExpected,
    long Errors
)
{
    public static ProgressBody Of(Job job)
    {
        var progress = job.Progress;
        return new ProgressBody(
            progress?.UnitsProcessed ?? 0,
            progress?.TotalUnits,
            StageOf(job),
            string.IsNullOrEmpty(progress?.Unit) ? null : progress.Unit,
            progress?.RecordsProcessed ?? 0,
            progress?.RecordsExpected,
            progress?.Errors ?? 0
        );
    }

    private static string StageOf(Job job) =>
        job.State == JobState.Running
            ? job.Progress?.CurrentStage ?? "detecting"
            : job.State.ToString().ToLowerInvariant();
}
