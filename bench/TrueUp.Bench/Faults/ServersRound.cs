using TrueUp.Runs;
using TrueUp.Store;
using TrueUp.Store.Jobs;
using TrueUp.Store.Queries;

namespace TrueUp.Bench.Faults;

/// <summary>One run among several servers, and the harm that is done to it.</summary>
internal sealed class ServersRound(
    Route route,
    TrueUpHome home,
    ServerGroup servers,
    string key,
    FaultReport report,
    TimeSpan limit
)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    /// <summary>A run that nobody disturbs.</summary>
    public async Task UndisturbedAsync(string pipeline, Truth truth, CancellationToken cancellationToken)
    {
        await TriggerAsync(pipeline, new Random(0), cancellationToken);
        await SettledAsync(pipeline, truth, "undisturbed", cancellationToken);
    }

    /// <summary>A run whose server is killed, or stopped until another has done its work.</summary>
    /// <returns>False when the run was over before it could be disturbed: that does not count.</returns>
    public async Task<bool> DisturbedAsync(
        string pipeline,
        Truth truth,
        bool isKill,
        Random random,
        CancellationToken cancellationToken
    )
    {
        var mark = await route.Target.MarkAsync(cancellationToken);
        var id = await TriggerAsync(pipeline, random, cancellationToken);
        var job = await UntilAsync(
            id,
            async job =>
                IsEnded(job) || (job.RunId is not null && await route.Target.MarkAsync(cancellationToken) != mark),
            cancellationToken
        );
        await Moment.PartOfAsync(TimeSpan.FromMilliseconds(300), random, cancellationToken);
        job = (await home.Queue.FindAsync(id, cancellationToken))!;
        if (IsEnded(job))
        {
            report.Count("ended before it could be disturbed, not counted");
            return false;
        }
        var harmed = servers.Of(job.NodeId!);
        var harm = isKill ? "killed" : "stopped";
        await (isKill ? harmed.KillAsync(cancellationToken) : harmed.StopAsync());

        // Another server finds the lease run out. Where the stopped one holds a lock of the target, it can only fail.
        job = await UntilAsync(id, job => new(IsEnded(job)), cancellationToken);
        var isTakenOver = job.NodeId is { } node && servers.Of(node) != harmed && job.Attempt > 1;
        report.Check(isTakenOver, $"{harm}: nobody took the job over: {job.State}, attempt {job.Attempt}");
        if (!isKill)
        {
            if (job.State == JobState.Completed)
            {
                await EqualAsync(truth, "taken over, the old server still stopped", cancellationToken);
            }
            await harmed.ContinueAsync();
            await AliveAgainAsync(harmed, cancellationToken);
        }
        await SettledAsync(pipeline, truth, harm, cancellationToken);
        report.Say($"{harm} {harmed.Name}: {job.State} by {job.NodeId}, attempt {job.Attempt}");
        report.Count($"{harm}: taken over, {job.State}");
        return true;
    }

    private async Task<string> TriggerAsync(string pipeline, Random random, CancellationToken cancellationToken)
    {
        var awake = servers.Awake;
        var (status, job) = await awake[random.Next(awake.Count)].TriggerAsync(pipeline, key, cancellationToken);
        return job ?? throw new InvalidOperationException($"The trigger was answered with {status}.");
    }

    private static bool IsEnded(Job job) => job.State is JobState.Completed or JobState.Failed or JobState.Cancelled;

    private async Task<Job> UntilAsync(
        string id,
        Func<Job, ValueTask<bool>> isReached,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(Pace);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        while (true)
        {
            var job = (await home.Queue.FindAsync(id, end.Token))!;
            if (await isReached(job))
            {
                return job;
            }
            await timer.WaitForNextTickAsync(end.Token);
        }
    }

    /// <summary>
    /// Waits until the server that was woken is heard of again: by then it has looked at what it runs.
    /// </summary>
    private async Task AliveAgainAsync(ServeProcess server, CancellationToken cancellationToken)
    {
        var woken = TimeProvider.System.GetUtcNow();
        using var timer = new PeriodicTimer(Pace);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        while (await timer.WaitForNextTickAsync(end.Token))
        {
            var nodes = await home.Nodes.ListAsync(end.Token);
            if (nodes.Any(node => node.Name == server.Name && node.HeartbeatAt > woken && node.Running == 0))
            {
                return;
            }
        }
    }

    /// <summary>
    /// In the end nothing waits, no run is left open, source and target are equal and that is proven.
    /// </summary>
    private async Task SettledAsync(string pipeline, Truth truth, string harm, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pace);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        while (await home.Queue.OpenAsync(pipeline, end.Token) is not null)
        {
            await timer.WaitForNextTickAsync(end.Token);
        }
        await EqualAsync(truth, harm, cancellationToken);
        var runs = await home.Runs.ListAsync(new RunQuery { Pipeline = pipeline, Limit = 20 }, cancellationToken);
        report.Check(
            runs.Items.FirstOrDefault(run => run.Status == RunState.Completed)?.Verdict
                is Verdict.Verified
                    or Verdict.Repaired,
            $"{harm}: the last run that completed proved nothing"
        );
        report.Check(runs.Items.All(run => run.Status != RunState.InProgress), $"{harm}: a run is left open");
    }

    private async Task EqualAsync(Truth truth, string when, CancellationToken cancellationToken) =>
        report.Check(
            (await route.Target.LinesAsync(cancellationToken)).SequenceEqual(truth.Lines(), StringComparer.Ordinal),
            $"{when}: source and target are not equal"
        );
}
