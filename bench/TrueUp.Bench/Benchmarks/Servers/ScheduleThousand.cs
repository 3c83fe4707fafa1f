using System.Globalization;
using System.Text;
using TrueUp.Bench.Faults;
using TrueUp.Bench.Measuring;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Bench.Benchmarks.Servers;

/// <summary>
/// A thousand pipelines, each due every minute on one server with a home of SQLite: whether all run, how long they
/// wait,
/// and what the server takes, minute by minute. Each reads a CSV file of one to three rows, compares it with a SQLite
/// database of its own, proves it and leaves a receipt.
/// </summary>
internal sealed class ScheduleThousand : IBenchmark
{
    private const int Pipelines = 1_000;
    private const int AtOnce = 16;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public string Name => "schedule-1000";

    public string Title => "1,000 pipelines due every minute on one server, p95 of the wait of a run";

    public bool IsDefault => false;

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var folder = new ServerHome();
        await folder.SettingsAsync(
            $"concurrency: {{server: {AtOnce}}}\nserver: {{anonymous_metrics: true}}\n",
            cancellationToken
        );
        await folder.PipelinesAsync(Pipelines, "schedule: {every: 1m}\n", cancellationToken);
        using var server = await folder.ServeAsync(cancellationToken);
        using var http = new HttpClient { BaseAddress = server.Url };
        var clock = TimeProvider.System;
        var began = clock.GetUtcNow();
        var start = ProcessUse.Of(server.ProcessId);

        var table = new StringBuilder("\n\n| minute | runs completed | MB | cores |\n|---|---|---|---|\n");
        var (last, completed) = (start, 0.0);
        using var timer = new PeriodicTimer(Minute);
        for (var minute = 1; minute <= settings.Time.TotalMinutes; minute++)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            var use = ProcessUse.Of(server.ProcessId);
            var runs = Sum(
                await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken),
                "sync_runs_total",
                "completed"
            );
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{minute} | {runs - completed:0} | {use.ResidentMegabytes:0} | {(use.CpuSeconds - last.CpuSeconds) / 60:0.00}"
            );
            await Console.Error.WriteLineAsync(line);
            table.Append(CultureInfo.InvariantCulture, $"| {line} |\n");
            (last, completed) = (use, runs);
        }
        var seconds = (clock.GetUtcNow() - began).TotalSeconds;
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken);
        await server.TerminateAsync(cancellationToken);

        var jobs = await JobsAsync(folder, cancellationToken);
        var waits = jobs.Where(job => job.StartedAt is not null)
            .Select(job => (job.StartedAt!.Value - job.DueAt).TotalSeconds)
            .ToList();
        var ended = jobs.Where(job => job.FinishedAt is not null).ToList();
        var lengths = ended.Select(job => (job.FinishedAt!.Value - job.StartedAt!.Value).TotalSeconds).ToList();
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds / 60:0.0} minutes, {AtOnce} runs at once: {completed:0} runs completed ({completed / seconds:0.0} a second; due are {Pipelines / 60.0:0.0}), {ended.Count(job => job.State != JobState.Completed)} did not; missed fires: {Sum(metrics, "sync_missed_fires_total", ""):0}. Wait from due to begun p50 {Numbers.Median(waits):0.00} s, p95 {Numbers.Percentile(waits, 0.95):0.00} s, longest {waits.Max():0.00} s; a run takes p50 {Numbers.Median(lengths):0.00} s, p95 {Numbers.Percentile(lengths, 0.95):0.00} s. {(last.CpuSeconds - start.CpuSeconds) / seconds:0.00} of {Environment.ProcessorCount} cores in the mean.{table.ToString().TrimEnd()}"
        );
        return new BenchResult(
            Name,
            Title,
            Pipelines,
            "—",
            [],
            [Numbers.Percentile(waits, 0.95)],
            last.PeakMegabytes,
            note
        );
    }

    private static async Task<List<Job>> JobsAsync(ServerHome folder, CancellationToken cancellationToken)
    {
        await using var home = TrueUpHome.Open(folder.Home, TimeProvider.System);
        var jobs = new List<Job>();
        var query = new JobQuery { Limit = JobQueue.LimitMax };
        do
        {
            var page = await home.Queue.ListAsync(query, cancellationToken);
            jobs.AddRange(page.Items);
            query = query with { After = page.Next };
        } while (query.After is not null);
        return jobs;
    }

    /// <summary>The sum of a metric's samples whose labels contain a text.</summary>
    private static double Sum(string metrics, string name, string label) =>
        metrics
            .Split('\n')
            .Where(line =>
                line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal)
            )
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
