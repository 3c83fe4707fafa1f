using Microsoft.Extensions.Logging;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Server.Metrics;
using TrueUp.Server.Settings;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Queue;

/// <summary>Runs a claimed job to its end, and says in the queue how it ended.</summary>
internal sealed class JobRunner(
    TrueUpHome home,
    MeteredAudit audit,
    ConnectorRegistry connectors,
    SettingsBoard settings,
    TimeProvider clock,
    ILogger<JobRunner> logger
)
{
    /// <summary>Runs it. Nothing is thrown: what went wrong is in the job or in the log.</summary>
    public async Task RunAsync(RunningJob running, PipelineDefinition pipeline)
    {
        using var scope = logger.BeginScope(new JobScope(running));
        try
        {
            var outcome = await ExecuteAsync(running, pipeline);
            await EndAsync(running, outcome);
        }
        catch (Exception error)
        {
            // A bug, or the control database is away. The job must not look as if it went on for ever.
            logger.JobBroke(running.Job.Id, pipeline.Name, error);
            await BreakAsync(running, error);
        }
    }

    private async Task<RunOutcome> ExecuteAsync(RunningJob running, PipelineDefinition pipeline)
    {
        var job = running.Job;
        var engine = new SyncEngine(
            connectors,
            new JobAudit(audit, running),
            clock,
            logger,
            home.ReceiptBook,
            home.Images
        );
        var options = new RunOptions
        {
            Trigger = job.Attempt > 1 ? TriggerSource.Retry : job.Trigger,
            TriggeredBy = job.TriggeredBy,
            Units = job.Unit is { } unit ? [unit] : [],
            Progress = running,
        };
        return job.VerifyOnly
            ? await engine.VerifyAsync(pipeline, options, running.Stopping)
            : await engine.RunAsync(pipeline, options, running.Stopping);
    }

    private async Task EndAsync(RunningJob running, RunOutcome outcome)
    {
        switch (running.Reason)
        {
            case StopReason.Lost:
                // Not ours any more: nothing is said about it.
                return;
            case StopReason.Drained when outcome.Status == RunStatus.Cancelled:
                await home.Claims.ReleaseAsync(running.Job, isTried: false, CancellationToken.None);
                return;
            default:
                var end = EndOf(outcome) with { Progress = running.Progress };
                if (await home.Claims.FinishAsync(running.Job, outcome.RunId, end, CancellationToken.None))
                {
                    await RetryLaterAsync(running.Job, outcome);
                }
                return;
        }
    }

    private static JobEnd EndOf(RunOutcome outcome) =>
        new(
            outcome.Status switch
            {
                RunStatus.Completed => JobState.Completed,
                RunStatus.Cancelled => JobState.Cancelled,
                _ => JobState.Failed,
            }
        )
        {
            RecordsProcessed = outcome.Counts.Source,
            ErrorCode = outcome.Error?.Code,
            ErrorMessage = outcome.Error?.Message,
        };

    private async Task RetryLaterAsync(Job job, RunOutcome outcome)
    {
        var recovery = settings.Current.Recovery;
        if (!recovery.Enabled || job.VerifyOnly || LaterRetry.Of(job, outcome, recovery) is not { } request)
        {
            return;
        }
        await home.Queue.EnqueueAsync(request, CancellationToken.None);
        logger.RetryPlanned(job.Pipeline, request.Delay, request.Attempt - 1, recovery.RetriesMax);
    }

    private async Task BreakAsync(RunningJob running, Exception error)
    {
        try
        {
            await home.Claims.FinishAsync(
                running.Job,
                running.RunId,
                new JobEnd(JobState.Failed)
                {
                    ErrorCode = error is SideException side ? side.Code : "internal_error",
                    ErrorMessage = error.Message,
                },
                CancellationToken.None
            );
        }
        catch (SideException away)
        {
            // The lease runs out, and whoever sees the database again runs the job again.
            logger.JobLeft(running.Job.Id, running.Job.Pipeline, away.Message);
        }
    }
}
