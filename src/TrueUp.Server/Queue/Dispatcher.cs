using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Metrics;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Settings;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Queue;

/// <summary>
/// The loop of a server: says that it is alive, holds on to what it runs, takes back what lost servers left, and claims
/// the next job as long as there is room. See <c>docs/adr/0007-server.md</c>.
/// </summary>
internal sealed class Dispatcher(
    TrueUpHome home,
    ServerNode node,
    SettingsBoard settings,
    PipelineCatalog catalog,
    JobRunner runner,
    DispatcherState state,
    SyncMetrics metrics,
    TimeProvider clock,
    ILogger<Dispatcher> logger
) : BackgroundService
{
    /// <summary>How often it looks at the queue.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    // How long runs need to get to a safe point, and the queue to hear of it.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(2);

    // What was stopped ends at its next safe point; a store that does not let go may not hold the server for ever.
    private static readonly TimeSpan StopMax = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan NodesKept = TimeSpan.FromDays(7);

    private readonly List<RunningJob> _running = [];
    private long? _beaten;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        try
        {
            var tick = Task.CompletedTask;
            while (true)
            {
                if (tick.IsCompleted)
                {
                    await tick;
                    await StepAsync(HoldAndClaimAsync, stoppingToken);
                    tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                }
                else
                {
                    await StepAsync(ClaimAsync, stoppingToken);
                }
                await Task.WhenAny([tick, .. PlacesAwaited()]);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await DrainAsync();
        }
    }

    /// <summary>
    /// While all places are taken, more may wait: the end of any run is a reason to look before the next tick.
    /// </summary>
    private IEnumerable<Task> PlacesAwaited() =>
        _running.Count >= settings.Current.Concurrency.Server ? _running.Select(running => running.Ended) : [];

    private async Task HoldAndClaimAsync(CancellationToken cancellationToken)
    {
        await HoldAsync(cancellationToken);
        await BeatAsync(NodeState.Active, cancellationToken);
        await ClaimAsync(cancellationToken);
    }

    private async Task StepAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        string? problem = null;
        try
        {
            await step(cancellationToken);
        }
        catch (SideException away)
        {
            problem = away.Message;
            if (state.Problem is null)
            {
                logger.QueueAway(away.Message);
            }
        }
        if (problem is null && state.Problem is not null)
        {
            logger.QueueBack();
        }
        state.Ticked(clock.GetTimestamp(), _running.Count, problem);
    }

    /// <summary>Renews what runs; what another server has, or somebody cancelled, is stopped.</summary>
    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        _running.RemoveAll(HasEnded);
        var lease = settings.Current.Cluster.Lease;
        foreach (var running in _running)
        {
            var from = clock.GetTimestamp();
            var renewal = await home.Claims.RenewAsync(
                running.Job,
                lease,
                running.RunId,
                running.Progress,
                cancellationToken
            );
            if (!renewal.IsHeld)
            {
                // One that has just said how it ended is no loss.
                if (!running.IsOver)
                {
                    logger.JobLost(running.Job.Id, running.Job.Pipeline);
                    running.Stop(StopReason.Lost);
                }
                continue;
            }
            running.Hold(Rest(lease, from));
            if (renewal.CancelRequestedBy is not null)
            {
                running.Stop(StopReason.Cancelled);
            }
        }
    }

    /// <summary>
    /// What is left of a lease that was asked for at a moment; the timer may not be given less than nothing.
    /// </summary>
    private TimeSpan Rest(TimeSpan lease, long from) =>
        clock.GetElapsedTime(from) is var passed && passed < lease ? lease - passed : TimeSpan.Zero;

    private async Task BeatAsync(NodeState wanted, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lease = settings.Current.Cluster.Lease;
        // By the clock that cannot be set: a day that begins again must not silence the server.
        if (wanted == NodeState.Active && _beaten is { } beaten && clock.GetElapsedTime(beaten) < lease / 3)
        {
            return;
        }
        var told = await home.Nodes.BeatAsync(Self(wanted, now), lease, cancellationToken);
        state.IsDraining = told != NodeState.Active;
        if (_beaten is null)
        {
            await home.Nodes.ForgetAsync(now - NodesKept, cancellationToken);
        }
        if (await home.Claims.RecoverAsync(cancellationToken) is > 0 and var recovered)
        {
            logger.JobsRecovered(recovered);
        }
        _beaten = clock.GetTimestamp();
    }

    private Node Self(NodeState wanted, DateTimeOffset now) =>
        new(
            node.Id,
            node.Name,
            node.Url,
            node.Version,
            wanted,
            node.StartedAt,
            now,
            IsAlive: true,
            _running.Count,
            settings.Current.Concurrency.Server
        );

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        _running.RemoveAll(HasEnded);
        while (!state.IsDraining && _running.Count < settings.Current.Concurrency.Server)
        {
            var current = settings.Current;
            var pipelines = catalog.Current;
            var runnable = pipelines.Values.Where(entry => entry.Definition is not null).Select(entry => entry.Name);
            var from = clock.GetTimestamp();
            var job = await home.Claims.ClaimAsync(
                new JobClaim(node.Id, current.Cluster.Lease, current.Concurrency.Cluster, [.. runnable]),
                cancellationToken
            );
            if (job is null)
            {
                return;
            }
            var running = new RunningJob(job, Rest(current.Cluster.Lease, from), clock);
            logger.JobClaimed(job.Id, job.Pipeline, job.Attempt);
            var now = clock.GetUtcNow();
            metrics.JobWaited(job.Priority, now > job.DueAt ? now - job.DueAt : TimeSpan.Zero);
            running.Ended = Task.Run(
                () => runner.RunAsync(running, pipelines[job.Pipeline].Definition!),
                CancellationToken.None
            );
            _running.Add(running);
        }
    }

    private static bool HasEnded(RunningJob running)
    {
        if (!running.Ended.IsCompleted)
        {
            return false;
        }
        running.Dispose();
        return true;
    }

    /// <summary>
    /// Lets what runs end within its grace time, still holding on to it. What does not is stopped early enough to be
    /// put back within it.
    /// </summary>
    private async Task DrainAsync()
    {
        state.IsDraining = true;
        var grace = settings.Current.Cluster.Grace;
        var patience = grace - (grace / 2 < StopTime ? grace / 2 : StopTime);
        logger.Draining(_running.Count, grace);
        var begun = clock.GetTimestamp();
        while (_running.Count > 0 && clock.GetElapsedTime(begun) < grace + StopMax)
        {
            var left = patience - clock.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                _running.ForEach(running => running.Stop(StopReason.Drained));
            }
            await StepAsync(HoldAsync, CancellationToken.None);
            await Task.WhenAny(
                Task.WhenAll(_running.Select(running => running.Ended)),
                Task.Delay(left > TimeSpan.Zero && left < Pace ? left : Pace, clock, CancellationToken.None)
            );
            _running.RemoveAll(HasEnded);
        }
        await StepAsync(token => BeatAsync(NodeState.Stopped, token), CancellationToken.None);
    }
}
