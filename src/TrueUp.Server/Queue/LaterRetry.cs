using TrueUp.Runs;
using TrueUp.Server.Settings;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Queue;

/// <summary>Whether and when what a run left undone is tried again by itself.</summary>
internal static class LaterRetry
{
    private static readonly TimeSpan DelayMax = TimeSpan.FromHours(6);

    /// <summary>The retry a run's end asks for, or null.</summary>
    public static JobRequest? Of(Job job, RunOutcome outcome, RecoverySettings recovery)
    {
        var later = outcome.RetryLater;
        if (later.Reason == RetryReason.None || job.Retries >= recovery.RetriesMax)
        {
            return null;
        }
        return new JobRequest
        {
            Pipeline = job.Pipeline,
            // A job is about one unit or all of them; proving more than was asked for does no harm.
            Unit = later.Units.Count == 1 ? later.Units[0] : job.Unit,
            Trigger = TriggerSource.Retry,
            TriggeredBy = job.TriggeredBy,
            Reason = later.Reason == RetryReason.Units ? $"run {outcome.RunId} failed" : "dead letters wait",
            Retries = job.Retries + 1,
            Delay = Doubled(recovery.RetryAfter, job.Retries),
        };
    }

    private static TimeSpan Doubled(TimeSpan first, int times)
    {
        var delay = first;
        for (var i = 0; i < times && delay < DelayMax; i++)
        {
            delay *= 2;
        }
        return delay < DelayMax ? delay : DelayMax;
    }
}
