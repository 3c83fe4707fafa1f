using Quartz;
using TrueUp.Runs;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Scheduling;

/// <summary>
/// What Quartz does when a pipeline is due: puts a job into the queue. Nothing is added while one waits.
/// </summary>
internal sealed class FireJob(TrueUpHome home) : IJob
{
    /// <summary>The key of the trigger's data that says whether it only compares.</summary>
    public const string VerifyOnly = "verify_only";

    /// <summary>The key of the trigger's data that says what schedule it was made for.</summary>
    public const string Schedule = "schedule";

    /// <summary>All triggers fire this one.</summary>
    public static readonly JobKey Key = new("fire", "trueup");

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        await home.Queue.EnqueueAsync(
            new JobRequest
            {
                Pipeline = context.Trigger.Key.Name,
                Trigger = TriggerSource.Scheduled,
                VerifyOnly = context.Trigger.JobDataMap.GetString(VerifyOnly) == bool.TrueString,
            },
            cancellationToken
        );
    }
}
