using Quartz;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Scheduling;

/// <summary>
/// What Quartz does when a pipeline is due: puts a job into the queue. Nothing is added while one waits.
/// </summary>
internal sealed class FireJob(TrueUpHome home, TimeProvider clock) : IJob
{
    /// <summary>The key of the trigger's data that says whether it only compares.</summary>
    public const string VerifyOnly = "verify_only";

    /// <summary>The key of the trigger's data that says what schedule it was made for.</summary>
    public const string Schedule = "schedule";

    /// <summary>All triggers fire this one.</summary>
    public static readonly JobKey Key = new("fire", "trueup");

    private const int AgainMax = 1000;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        // A firing whose server was lost is fired again under a name of Quartz's making.
        var key = (context.Recovering ? context.RecoveringTriggerKey : null) ?? context.Trigger.Key;
        var request = new JobRequest
        {
            Pipeline = key.Name,
            Trigger = TriggerSource.Scheduled,
            NextDue = context.NextFireTimeUtc,
            VerifyOnly = context.MergedJobDataMap.GetString(VerifyOnly) == bool.TrueString,
        };
        // Quartz counts this as fired: a control database that is away must not swallow it.
        for (var time = 1; ; time++)
        {
            try
            {
                await home.Queue.EnqueueAsync(request, cancellationToken);
                return;
            }
            catch (SideException) when (time < AgainMax)
            {
                await Task.Delay(Again, clock, cancellationToken);
            }
        }
    }
}
