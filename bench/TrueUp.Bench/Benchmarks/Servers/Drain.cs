using System.Diagnostics;
using System.Globalization;
using TrueUp.Bench.Faults;
using TrueUp.Bench.Measuring;
using TrueUp.Store;
using TrueUp.Store.Jobs;
using TrueUp.Store.Queries;

namespace TrueUp.Bench.Benchmarks.Servers;

/// <summary>
/// How long a server takes to end after SIGTERM: when idle, when what runs can end within the grace time, and when it
/// cannot: then it is stopped and waits in the queue again.
/// </summary>
internal sealed class Drain : IBenchmark
{
    private const int Pipelines = 4;

    private static readonly TimeSpan RunsMax = TimeSpan.FromMinutes(2);

    public string Name => "drain";

    public string Title => "a server that is told to stop, with runs that take longer than its grace time of 3 s";

    public bool IsDefault => false;

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var idle = await MeasureAsync(0, 1000, 60, cancellationToken);
        var ended = await MeasureAsync(Pipelines, 400_000, 60, cancellationToken);
        var stopped = new List<Stop>();
        for (var i = 0; i < settings.Runs; i++)
        {
            stopped.Add(await MeasureAsync(Pipelines, 4_000_000, 3, cancellationToken));
        }
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"idle {idle.Seconds:0.00} s; {Pipelines} runs that end within the grace time of 60 s: {ended.Seconds:0.0} s, {ended.Completed} completed, {ended.Queued} put back; {Pipelines} runs of 4,000,000 rows and a grace time of 3 s: {stopped.Min(s => s.Seconds):0.00}–{stopped.Max(s => s.Seconds):0.00} s, {stopped.Sum(s => s.Completed)} completed, {stopped.Sum(s => s.Queued)} put back in {stopped.Count} stops. Exit codes: {string.Join(", ", stopped.Append(idle).Append(ended).Select(s => s.ExitCode).Distinct())}; runs left open: {stopped.Append(ended).Sum(s => s.LeftOpen)}."
        );
        return new BenchResult(
            Name,
            Title,
            Pipelines,
            "—",
            [],
            [.. stopped.Select(stop => stop.Seconds)],
            stopped.Max(stop => stop.PeakMegabytes),
            note
        );
    }

    private static async Task<Stop> MeasureAsync(
        int running,
        int rows,
        int graceSeconds,
        CancellationToken cancellationToken
    )
    {
        await using var folder = new ServerHome();
        await folder.SettingsAsync($"cluster: {{grace: {graceSeconds}s}}\n", cancellationToken);
        await folder.PipelinesAsync(Pipelines, "", cancellationToken);
        for (var i = 0; i < running; i++)
        {
            await WriteAsync(folder.At($"data/{ServerHome.Name(i)}.csv"), rows, cancellationToken);
        }
        await folder.CreateKeyAsync(cancellationToken);
        using var server = await folder.ServeAsync(cancellationToken);
        await using var home = TrueUpHome.Open(folder.Home, TimeProvider.System);
        for (var i = 0; i < running; i++)
        {
            await server.TriggerAsync(ServerHome.Name(i), folder.Key, cancellationToken);
        }
        await RunningAsync(home, running, cancellationToken);
        var use = ProcessUse.Of(server.ProcessId);
        var began = Stopwatch.GetTimestamp();
        var code = await server.TerminateAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var jobs = (await home.Queue.ListAsync(new JobQuery(), cancellationToken)).Items;
        var runs = (await home.Runs.ListAsync(new RunQuery { Limit = 100 }, cancellationToken)).Items;
        return new Stop(
            seconds,
            code,
            jobs.Count(job => job.State == JobState.Completed),
            jobs.Count(job => job.State == JobState.Queued),
            runs.Count(run => run.Status == RunState.InProgress),
            use.PeakMegabytes
        );
    }

    private static async Task RunningAsync(TrueUpHome home, int count, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RunsMax);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var query = new JobQuery { State = JobState.Running };
        while ((await home.Queue.ListAsync(query, limit.Token)).Items.Count(job => job.RunId is not null) < count)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private static async Task WriteAsync(string path, int rows, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(path);
        await file.WriteAsync("id,name,price\n".AsMemory(), cancellationToken);
        for (var i = 1; i <= rows; i++)
        {
            await file.WriteAsync($"{i},item {i},{i}.50\n");
        }
    }

    private sealed record Stop(
        double Seconds,
        int ExitCode,
        int Completed,
        int Queued,
        int LeftOpen,
        double PeakMegabytes
    );
}
