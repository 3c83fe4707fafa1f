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
    private const int SaysMax = 120;

    private static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(1);

    /// <summary>Runs it. Nothing is thrown: what went wrong is in the job or in the log.</summary>
    public async Task RunAsync(RunningJob running, PipelineDefinition pipeline)
    {
        using var scope = logger.BeginScope(new JobScope(running));
        pipeline = AsScheduled(pipeline);
        RunOutcome outcome;
        try
        {
            outcome = await ExecuteAsync(running, pipeline);
        }
        catch (Exception error)
        {
            if (error is not OperationCanceledException)
            {
                logger.JobBroke(running.Job.Id, pipeline.Name, error);
            }
            await SayAsync(running, () => BreakAsync(running, error));
            return;
        }
        await SayAsync(running, () => EndAsync(running, outcome));
        if (running.IsOver)
        {
            await SayAsync(running, () => RetryLaterAsync(running.Job, outcome));
        }
    }

    /// <summary>
    /// The interval of the settings takes the place of the file's schedule, also in what is told of it.
    /// </summary>
    private PipelineDefinition AsScheduled(PipelineDefinition pipeline) =>
        settings.Current.Intervals.TryGetValue(pipeline.Name, out var interval)
            ? pipeline with
            {
                Schedule = (pipeline.Schedule ?? new ScheduleDefinition()) with { Every = interval, Cron = null },
            }
            : pipeline;

    /// <summary>
    /// Says in the queue how a job ended. While the control database is away it is said again, as long as the job is
    /// this server's; after that the lease runs out, and whoever sees the database again runs the job again.
    /// </summary>
    private async Task SayAsync(RunningJob running, Func<Task> say)
    {
        for (var time = 1; ; time++)
        {
            try
            {
                await say();
                return;
            }
            catch (SideException away) when (time < SaysMax && running.Reason != StopReason.Lost)
            {
                logger.JobLeft(running.Job.Id, running.Job.Pipeline, away.Message);
                await Task.Delay(SayAgain, clock, CancellationToken.None);
            }
            catch (SideException away)
            {
                logger.JobLeft(running.Job.Id, running.Job.Pipeline, away.Message);
                return;
            }
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
            // Taken over from a server that was lost, it is tried again too.
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
                await FinishAsync(running, EndOf(outcome) with { Progress = running.Progress });
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
        logger.RetryPlanned(job.Pipeline, request.Delay, request.Retries, recovery.RetriesMax);
    }

    /// <summary>The run has no outcome: it was stopped before it began, its audit broke, or there is a bug.</summary>
    private Task BreakAsync(RunningJob running, Exception error) =>
        (error, running.Reason) switch
        {
            (_, StopReason.Lost) => Task.CompletedTask,
            (OperationCanceledException, StopReason.Drained) => home
                .Claims.ReleaseAsync(running.Job, isTried: false, CancellationToken.None)
                .AsTask(),
            (OperationCanceledException, StopReason.Cancelled) => FinishAsync(running, new JobEnd(JobState.Cancelled)),
            (SideException { IsTransient: true }, _) => home
                .Claims.ReleaseAsync(running.Job, isTried: true, CancellationToken.None)
                .AsTask(),
            (SideException side, _) => FinishAsync(running, Failed(side.Code, side.Message)),
            _ => FinishAsync(running, Failed("internal_error", error.Message)),
        };

    private static JobEnd Failed(string code, string message) =>
        new(JobState.Failed) { ErrorCode = code, ErrorMessage = message };

    private async Task FinishAsync(RunningJob running, JobEnd end) =>
        running.IsOver = await home.Claims.FinishAsync(running.Job, running.RunId, end, CancellationToken.None);
}
