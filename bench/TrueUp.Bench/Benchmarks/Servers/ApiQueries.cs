using System.Diagnostics;
using System.Globalization;
using System.Text;
using TrueUp.Bench.Faults;
using TrueUp.Bench.Measuring;
using TrueUp.Store;

namespace TrueUp.Bench.Benchmarks.Servers;

/// <summary>
/// How long each query of the API takes over HTTP, one after the other with one key, on a home with 10,000 runs and
/// 10,000,000 record logs (goal: 95 of 100 within 50 ms).
/// </summary>
internal sealed class ApiQueries : IBenchmark
{
    private const int Warmups = 10;
    private const int Requests = 100;
    private const double GoalMs = 50;

    public string Name => "api-queries";

    public string Title => "API queries at 10,000 runs and 10M record logs, slowest p95";

    public bool IsDefault => false;

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var work = Workspace.Open();
        await using var folder = new ServerHome();
        await folder.SettingsAsync("limits: {requests_per_minute: 0}\n", cancellationToken);
        // Due far from now, so that they have a time and nothing runs meanwhile.
        await folder.PipelinesAsync(HomeFiller.Pipelines, "schedule: {cron: \"0 3 29 2 *\"}\n", cancellationToken);
        string[] arguments = [];
        string? database = null;
        if (settings.Postgres)
        {
            await work.StartPostgresAsync(cancellationToken);
            await Shell.BashAsync(
                $"psql -qX '{work.Url}' -c 'drop database if exists control' -c 'create database control'",
                cancellationToken
            );
            database = Accounts.Url(work, "control");
            arguments = ["--control-database", database];
        }
        var began = Stopwatch.GetTimestamp();
        var clock = new FillClock();
        string logged;
        await using (var home = TrueUpHome.Open(folder.Home, clock, database))
        {
            var filler = new HomeFiller(home, clock);
            await filler.FillAsync(cancellationToken);
            await folder.CreateKeyAsync(home, cancellationToken);
            logged = filler.LoggedRun;
        }
        await Console.Error.WriteLineAsync($"filled in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");

        using var server = await folder.ServeAsync(cancellationToken, arguments);
        using var http = folder.Client(server);
        await ApiLoad.ScheduledAsync(http, HomeFiller.Pipelines, cancellationToken);
        return await MeasureAsync(settings, server, http, logged, cancellationToken);
    }

    /// <summary>What dashboards and people ask for.</summary>
    private static IReadOnlyList<string> Queries(string run) =>
        [
            "sync-monitoring/health-overview",
            "sync-monitoring/dashboard",
            "sync-monitoring/dashboard?entity=p0007",
            "sync-monitoring/performance-history?period=7d",
            "sync-monitoring/metrics?period=7d",
            "runs",
            "runs?limit=200",
            "runs?pipeline=p0007",
            "runs?status=failed",
            "runs?verdict=failed&trigger=scheduled",
            "runs?verdict=repaired",
            $"runs/{run}",
            $"runs/{run}/units",
            $"runs/{run}/records?limit=50",
            $"runs/{run}/records?key={HomeFiller.Key}",
            "errors",
            "errors?error_type=network&resolved=false",
            "errors?pipeline=p0007",
            "dead-letters",
            "dead-letters?pipeline=p0007&state=pending",
            "units?pipeline=p0010",
            "queue",
            "sync-admin/jobs",
            "nodes",
            "pipelines",
            "pipelines?limit=200&order=proof_age",
            "pipelines/p0007",
            "pipelines/p0007/timeline",
            $"records?key={HomeFiller.Key}",
            $"records?key={HomeFiller.Key}&pipeline=p0040",
            "receipts",
        ];

    private async Task<BenchResult> MeasureAsync(
        BenchSettings settings,
        ServeProcess server,
        HttpClient http,
        string run,
        CancellationToken cancellationToken
    )
    {
        var queries = Queries(run);
        var table = new StringBuilder("\n\n| query | p50 ms | p95 ms |\n|---|---|---|\n");
        var (worst, missed) = (0.0, 0);
        foreach (var query in queries)
        {
            var times = new List<double>();
            for (var i = -Warmups; i < Requests; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await ApiLoad.GetAsync(http, query, cancellationToken);
                if (i >= 0)
                {
                    times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }
            var (half, most) = (Numbers.Median(times), Numbers.Percentile(times, 0.95));
            (worst, missed) = (Math.Max(worst, most), missed + (most > GoalMs ? 1 : 0));
            var line = string.Create(CultureInfo.InvariantCulture, $"{half:0.0} | {most:0.0}");
            await Console.Error.WriteLineAsync($"{query}: {line}");
            var shown = query.Replace(run, "ID", StringComparison.Ordinal);
            table.Append(CultureInfo.InvariantCulture, $"| `{shown}` | {line} |\n");
        }
        var place = settings.Postgres ? "PostgreSQL" : "SQLite";
        var use = ProcessUse.Of(server.ProcessId);
        return new BenchResult(
            settings.Postgres ? $"{Name}-postgres" : Name,
            $"{Title} ({place})",
            HomeFiller.Records,
            "—",
            [],
            [worst / 1000],
            use.PeakMegabytes,
            $"{missed} of {queries.Count} queries miss the goal of {GoalMs} ms (p95). {Requests} requests each, one after the other.{table.ToString().TrimEnd()}"
        );
    }
}
