using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using TrueUp.Runs;
using TrueUp.Server.Tests.Testing;

namespace TrueUp.Server.Tests.Api;

/// <summary>The monitoring endpoints against a list of runs that is looked through by hand.</summary>
public sealed class MonitoringPropertyTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Root = "/api/v1/sync-monitoring";
    private const double Close = 1e-6;

    private static readonly DateTimeOffset Now = new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero);

    private static int _pipelines;

    /// <summary>Runs within the last ten days, in order, which do not overlap.</summary>
    private static Gen<ModelRun[]> Runs { get; } =
        from runs in (
            from minute in Gen.Choose(0, 10 * 24 * 60)
            from status in Gen.Frequency(
                (5, Gen.Constant(RunStatus.Completed)),
                (3, Gen.Constant(RunStatus.Failed)),
                (1, Gen.Constant(RunStatus.Cancelled))
            )
            from seconds in Gen.Choose(1, 50)
            from source in Gen.Choose(0, 1000)
            from skipped in Gen.Choose(0, source)
            from gaps in Gen.Choose(0, 3)
            from verifyOnly in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
            select new ModelRun(Now.AddMinutes(-minute - 1), status, seconds, source, skipped, gaps, verifyOnly)
        ).ListOf()
        select runs.DistinctBy(run => run.Start).OrderBy(run => run.Start).Take(8).ToArray();

    [Fact]
    public void P18_the_last_successful_run_and_the_next_scheduled_one_are_shown() =>
        Cases.Check(
            from runs in Runs
            from next in Gen.Choose(1, 1000)
            select (runs, next),
            async c =>
            {
                var pipeline = await RecordAsync(c.runs);
                server.AddPipeline(pipeline);
                server.Fires[pipeline] = [Now.AddMinutes(c.next), Now.AddMinutes(c.next + 5)];
                var body = await server.GetAsync($"{Root}/dashboard?entity={pipeline}");
                var last = c.runs.LastOrDefault(run => run.Counts && run.Status == RunStatus.Completed);
                Time(body["last_successful_sync"]).ShouldBe(last?.End);
                Time(body["next_scheduled_sync"]).ShouldBe(Now.AddMinutes(c.next));
            }
        );

    [Fact]
    public void P19_success_rates_count_runs_of_24_hours_and_of_7_days() =>
        Cases.Check(
            Runs,
            async runs =>
            {
                var pipeline = await RecordAsync(runs);
                server.AddPipeline(pipeline);
                var body = await server.GetAsync($"{Root}/dashboard?entity={pipeline}");
                ShouldBeClose(body["success_rate_24h"], Rate(runs, TimeSpan.FromDays(1)));
                ShouldBeClose(body["success_rate_7d"], Rate(runs, TimeSpan.FromDays(7)));
                if (runs.Length > 0)
                {
                    var all = await server.GetAsync($"{Root}/health-overview", server.As("viewer", pipeline));
                    var entity = all["sync_entities"]![pipeline]!;
                    ShouldBeClose(entity["success_rate_24h"], Rate(runs, TimeSpan.FromDays(1)));
                    entity["consecutive_failures"]!.GetValue<long>().ShouldBe(Consecutive(runs));
                    entity["records_processed_today"]!
                        .GetValue<long>()
                        .ShouldBe(runs.Where(r => r.Counts && r.Start >= Now.AddHours(-12)).Sum(r => r.Processed));
                }
            }
        );

    [Fact]
    public void P20_the_gap_count_is_that_of_the_last_proof() =>
        Cases.Check(
            Runs,
            async runs =>
            {
                var pipeline = await RecordAsync(runs);
                server.AddPipeline(pipeline);
                var body = await server.GetAsync($"{Root}/dashboard?entity={pipeline}");
                body["current_gap_count"]!.GetValue<long>().ShouldBe(runs.LastOrDefault()?.Gaps ?? 0);
            }
        );

    [Fact]
    public void P22_the_trend_is_every_run_of_seven_days_in_order() =>
        Cases.Check(
            Runs,
            async runs =>
            {
                var pipeline = await RecordAsync(runs);
                server.AddPipeline(pipeline);
                var body = await server.GetAsync($"{Root}/dashboard?entity={pipeline}");
                var expected = Ended(runs, TimeSpan.FromDays(7)).ToList();
                var trend = body["sync_trend"]!.AsArray();
                trend
                    .Select(point => Time(point!["timestamp"]))
                    .ShouldBe(expected.Select(r => (DateTimeOffset?)r.Start));
                trend.Select(p => p!["success_count"]!.GetValue<long>()).ShouldBe(expected.Select(r => r.Successes));
                trend.Select(p => p!["failure_count"]!.GetValue<long>()).ShouldBe(expected.Select(r => r.Skipped));
                trend.Select(p => p!["duration"]!.GetValue<double>()).ShouldBe(expected.Select(r => r.Seconds));
            }
        );

    [Fact]
    public void P26_times_error_rate_and_throughput_are_those_of_the_runs_in_the_window() =>
        Cases.Check(
            from runs in Runs
            from period in Gen.Elements(("24h", 24), ("7d", 7 * 24))
            select (runs, period),
            async c =>
            {
                var pipeline = await RecordAsync(c.runs);
                server.AddPipeline(pipeline);
                var (name, hours) = c.period;
                var runs = Ended(c.runs, TimeSpan.FromHours(hours)).ToList();
                var records = runs.Sum(r => r.Processed);
                double? errorRate =
                    runs.Count == 0 ? null
                    : records == 0 ? (double)runs.Count(r => r.Status == RunStatus.Failed) / runs.Count
                    : (double)runs.Sum(r => r.Skipped) / records;
                double? throughput = runs.Count == 0 ? null : records / runs.Sum(r => r.Seconds);

                var metrics = await server.GetAsync($"{Root}/metrics?entity={pipeline}&period={name}");
                ShouldBeClose(metrics["average_sync_duration"], runs.Count == 0 ? null : runs.Average(r => r.Seconds));
                ShouldBeClose(metrics["peak_sync_duration"], runs.Count == 0 ? null : runs.Max(r => r.Seconds));
                ShouldBeClose(metrics["error_rate"], errorRate);
                ShouldBeClose(metrics["average_throughput"], throughput);

                var history = await server.GetAsync($"{Root}/performance-history?entity={pipeline}&period={name}");
                var whole = history["aggregated_metrics"]!;
                whole["total_runs"]!.GetValue<long>().ShouldBe(runs.Count);
                whole["records_processed"]!.GetValue<long>().ShouldBe(records);
                ShouldBeClose(whole["error_rate"], errorRate);
                history["data_points"]!
                    .AsArray()
                    .Sum(point => point!["records_processed"]!.GetValue<long>())
                    .ShouldBe(records);
            }
        );

    private async Task<string> RecordAsync(ModelRun[] runs)
    {
        var pipeline = $"p{Interlocked.Increment(ref _pipelines)}";
        foreach (var run in runs)
        {
            server.Clock.Set(run.Start);
            await server.RunAsync(pipeline, run.Status, run.Seconds, run.Source, run.Skipped, run.Gaps, run.VerifyOnly);
        }
        server.Clock.Set(Now);
        return pipeline;
    }

    private static IEnumerable<ModelRun> Ended(IEnumerable<ModelRun> runs, TimeSpan window) =>
        runs.Where(run => run.Counts && run.Status != RunStatus.Cancelled && run.Start >= Now - window);

    private static double? Rate(ModelRun[] runs, TimeSpan window)
    {
        var ended = Ended(runs, window).ToList();
        return ended.Count == 0 ? null : (double)ended.Count(r => r.Status == RunStatus.Completed) / ended.Count;
    }

    private static int Consecutive(ModelRun[] runs) =>
        runs.Where(r => r.Counts && r.Status != RunStatus.Cancelled)
            .Reverse()
            .TakeWhile(r => r.Status == RunStatus.Failed)
            .Count();

    private static DateTimeOffset? Time(JsonNode? node) => node?.GetValue<DateTimeOffset>();

    private static void ShouldBeClose(JsonNode? node, double? expected)
    {
        if (expected is { } value)
        {
            node!.GetValue<double>().ShouldBe(value, Close);
        }
        else
        {
            node.ShouldBeNull();
        }
    }

    private sealed record ModelRun(
        DateTimeOffset Start,
        RunStatus Status,
        double Seconds,
        long Source,
        long Skipped,
        long Gaps,
        bool VerifyOnly
    )
    {
        public DateTimeOffset End => Start.AddSeconds(Seconds);

        public bool Counts => !VerifyOnly;

        public long Successes => Source - Skipped;

        public long Processed => Source;
    }
}
