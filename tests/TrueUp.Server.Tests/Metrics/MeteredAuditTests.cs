using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Server.Metrics;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Store.Jobs;
using TrueUp.Testing.Memory;

namespace TrueUp.Server.Tests.Metrics;

/// <summary>What real runs leave in the metrics.</summary>
public sealed class MeteredAuditTests : IDisposable
{
    private const string Place = "pipeline=\"test\",table=\"target\"";

    private readonly ManualClock _clock = new();
    private readonly ServerMeter _meter = new();
    private readonly MetricRegistry _registry;
    private readonly SyncMetrics _metrics;
    private readonly RunTallies _tallies = new();
    private readonly KeptLogger<MeteredAudit> _log = new();
    private readonly MemoryWorld _world = new("id int32", "name");

    public MeteredAuditTests()
    {
        _registry = new MetricRegistry(_meter);
        _metrics = new SyncMetrics(_meter, _clock);
        _world.Pipeline = _world.Pipeline with { MaxDeletes = Allowance.OfPercent(100) };
    }

    public void Dispose()
    {
        _registry.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task A_run_counts_its_records_batches_and_phases()
    {
        _world.Source.Add("1", "a");
        _world.Source.Add("2", "b");
        await RunAsync();
        _world.Source.Add("3", "c");
        _clock.Advance(TimeSpan.FromSeconds(2));
        var outcome = await RunAsync();

        outcome.IsProven.ShouldBeTrue();
        Line($"sync_records_processed_total{{{Place},operation=\"insert\"}} 3");
        Line($"sync_checkpoints_completed_total{{{Place}}} 2");
        Line($"sync_batch_size_bucket{{{Place},le=\"1\"}} 1");
        Line($"sync_batch_size_sum{{{Place}}} 3");
        Line($"sync_processing_latency_seconds_count{{{Place},operation=\"insert\"}} 2");
        Line("sync_runs_total{pipeline=\"test\",status=\"completed\",verdict=\"verified\"} 2");
        foreach (var phase in (string[])["fetch", "compare", "update", "verify", "total"])
        {
            Line($"sync_run_duration_seconds_count{{pipeline=\"test\",phase=\"{phase}\"}} 2");
        }
        Line("sync_verification_seconds_count{pipeline=\"test\"} 2");
        Line("sync_active_jobs 0");
        Line("sync_throughput_records_per_second{pipeline=\"test\",table=\"target\"} 0.05");
        _tallies.Of("test").ShouldBe((2, 0));
    }

    [Fact]
    public async Task What_was_done_with_a_table_is_logged_and_batches_and_records_only_for_who_looks_closely()
    {
        _world.Source.Add("1", "a");
        _world.Source.Add("2", "b");
        _world.Store.TargetFaults.Refuses = (_, row) => row.AsSpan().IndexOf("b"u8) >= 0;
        await RunAsync();

        var done = _log.Entries.Single(entry => entry.Level == LogLevel.Information);
        (done.Values["Table"], done.Values["Operation"], done.Values["Records"]).ShouldBe(("target", "sync", 2L));
        done.Values["ProcessingTimeMs"].ShouldBeOfType<double>();
        var batch = _log.Entries.Single(entry => entry.Values.ContainsKey("BatchSize"));
        (batch.Level, batch.Values["BatchSize"], batch.Values["Operation"]).ShouldBe((LogLevel.Debug, 1, "insert"));
        var apart = _log.Entries.Single(entry => entry.Values.ContainsKey("RecordId"));
        (apart.Level, apart.Values["RecordId"]).ShouldBe((LogLevel.Debug, "2"));
    }

    [Fact]
    public async Task A_run_in_progress_is_active()
    {
        var run = await Audit().StartAsync(Start(), TestContext.Current.CancellationToken);
        Line("sync_active_jobs 1");

        await run.DisposeAsync();
        await run.DisposeAsync();

        Line("sync_active_jobs 0");
    }

    [Fact]
    public async Task Refused_records_and_broken_attempts_are_counted_by_what_was_wrong()
    {
        _world.Source.Add("1", "a");
        _world.Source.Add("2", "b");
        _world.Store.TargetFaults.Refuses = (_, row) => row.AsSpan().IndexOf("b"u8) >= 0;
        var isCut = false;
        _world.Store.SourceFaults.Opening = () =>
        {
            if (!isCut)
            {
                isCut = true;
                throw new SideException(ErrorType.Network, "cut off", "Wait.")
                {
                    Code = "cannot_connect",
                    IsTransient = true,
                };
            }
        };
        _world.Pipeline = _world.Pipeline with
        {
            Retry = new RetryDefinition { Attempts = 1, Initial = TimeSpan.Zero },
        };

        await RunAsync(TimeProvider.System);

        Line($"sync_records_failed_total{{{Place},error_type=\"database\"}} 1");
        Line($"sync_records_failed_total{{{Place},error_type=\"connection\"}} 1");
        Line($"sync_checkpoints_failed_total{{{Place}}} 1");
        Line($"sync_recoveries_tried_total{{{Place},action=\"retry\"}} 1");
        Line($"sync_recoveries_succeeded_total{{{Place},action=\"retry\"}} 1");
        Line($"sync_records_processed_total{{{Place},operation=\"skip\"}} 1");
    }

    [Fact]
    public async Task What_a_proof_finds_is_counted_and_so_is_its_repair()
    {
        _world.Source.Add("1", "a");
        var isSpoilt = false;
        _world.Store.TargetFaults.Applied = _ =>
        {
            if (!isSpoilt)
            {
                isSpoilt = true;
                _world.Target.Add("9", "x");
            }
        };

        (await RunAsync()).IsProven.ShouldBeTrue();

        Line($"sync_gaps_found_total{{{Place},kind=\"extra\"}} 1");
        Line($"sync_recoveries_tried_total{{{Place},action=\"resync\"}} 1");
        Line($"sync_recoveries_succeeded_total{{{Place},action=\"resync\"}} 1");
        Line($"sync_records_processed_total{{{Place},operation=\"delete\"}} 1");
    }

    [Fact]
    public void Waiting_and_missed_firings_are_measured()
    {
        _metrics.JobWaited(JobPriority.Emergency, TimeSpan.FromSeconds(.2));
        _metrics.JobWaited(JobPriority.Emergency, TimeSpan.FromSeconds(-1));
        _metrics.FireMissed("sellers");

        Line("sync_job_wait_seconds_bucket{priority=\"emergency\",le=\"0.1\"} 1");
        Line("sync_job_wait_seconds_count{priority=\"emergency\"} 2");
        Line("sync_missed_fires_total{pipeline=\"sellers\"} 1");
    }

    [Fact]
    public void The_error_rate_of_a_pipeline_is_that_of_its_last_runs()
    {
        for (var i = 0; i < 30; i++)
        {
            _tallies.Note("a", isFailed: i is < 10 or >= 25);
        }

        _tallies.Of("a").ShouldBe((20, .25));
        _tallies.Of("b").ShouldBe((0, 0));
    }

    private MeteredAudit Audit() => new(_world.Audit, _metrics, _tallies, _clock, _log);

    private RunStart Start() => new(_world.Pipeline, TriggerSource.Manual, null, false, _clock.GetUtcNow());

    private Task<RunOutcome> RunAsync(TimeProvider? clock = null) =>
        new SyncEngine(
            new ConnectorRegistry([new MemoryConnector(_world.Store)]),
            Audit(),
            clock ?? _clock,
            NullLogger.Instance
        ).RunAsync(_world.Pipeline, new RunOptions(), TestContext.Current.CancellationToken);

    private void Line(string line) => _registry.Scrape().Split('\n').ShouldContain(line);
}
