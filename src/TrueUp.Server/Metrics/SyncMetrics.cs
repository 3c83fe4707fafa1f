using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Metrics;

/// <summary>
/// What is measured of runs and of the queue. Runs tell by <see cref="MeteredAudit"/>; who has a queue tells the rest.
/// <c>docs/monitoring.md</c> says what each metric means. Safe for use by several threads.
/// </summary>
internal sealed class SyncMetrics
{
    private readonly ConcurrentDictionary<(string Pipeline, string Table), RateWindow> _rates = new();
    private readonly TimeProvider _clock;
    private readonly Counter<long> _processed;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _broken;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _recoveriesTried;
    private readonly Counter<long> _recoveriesSucceeded;
    private readonly Counter<long> _runs;
    private readonly Counter<long> _missed;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _batchSize;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _verification;
    private readonly Histogram<double> _wait;
    private long _active;

    /// <param name="meter">The server's meter.</param>
    /// <param name="clock">The time.</param>
    public SyncMetrics(ServerMeter meter, TimeProvider clock)
    {
        _clock = clock;
        _processed = meter.Counter("sync_records_processed_total", "Records written, or skipped with a reason.");
        _failed = meter.Counter(
            "sync_records_failed_total",
            "Records set apart as dead letters, and attempts that broke off, each counted as one."
        );
        _batches = meter.Counter(
            "sync_checkpoints_completed_total",
            "Batches committed on the target together with the epoch they were checked against."
        );
        _broken = meter.Counter("sync_checkpoints_failed_total", "Attempts that a store's failure broke off.");
        _gaps = meter.Counter("sync_gaps_found_total", "Differences that a proof or a verification found.");
        _recoveriesTried = meter.Counter("sync_recoveries_tried_total", "Recoveries begun without a person.");
        _recoveriesSucceeded = meter.Counter("sync_recoveries_succeeded_total", "Recoveries that helped.");
        _runs = meter.Counter("sync_runs_total", "Runs that ended.");
        _missed = meter.Counter("sync_missed_fires_total", "Firings of a schedule that came too late.");
        _latency = meter.Histogram(
            "sync_processing_latency_seconds",
            "From the batch before, or the start of the run, until a batch was committed.",
            [.. new[] { .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300 }]
        );
        _batchSize = meter.Histogram(
            "sync_batch_size",
            "Records of a batch.",
            [.. new double[] { 1, 2, 5, 10, 50, 100, 500, 1000, 5000, 10_000, 50_000, 100_000 }]
        );
        double[] minutes = [.01, .05, .1, .5, 1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200];
        _duration = meter.Histogram("sync_run_duration_seconds", "Time of a run by phase.", minutes);
        _verification = meter.Histogram("sync_verification_seconds", "Time of a run's proofs.", minutes);
        _wait = meter.Histogram(
            "sync_job_wait_seconds",
            "From when a job was due until a server began it.",
            [.1, .5, 1, 5, 10, 30, 60, 300, 900, 3600]
        );
        meter.Gauge("sync_active_jobs", "Runs in progress on this server.", () => Interlocked.Read(ref _active));
        meter.Gauge("sync_throughput_records_per_second", "Records written a second, over the last minute.", Rates);
    }

    /// <summary>Runs in progress on this server.</summary>
    public long Active => Interlocked.Read(ref _active);

    /// <summary>A run began.</summary>
    public void RunStarted() => Interlocked.Increment(ref _active);

    /// <summary>A run is over, however it ended; once for each that began.</summary>
    public void RunLeft() => Interlocked.Decrement(ref _active);

    /// <summary>A run came to its end.</summary>
    public void RunEnded(RunOutcome outcome)
    {
        var pipeline = outcome.Pipeline;
        _runs.Add(
            1,
            new("pipeline", pipeline),
            new("status", Name(outcome.Status)),
            new("verdict", Name(outcome.Verification.Verdict))
        );
        var phases = outcome.Phases;
        Duration("fetch", phases.Fetch);
        Duration("compare", phases.Compare);
        Duration("update", phases.Update);
        Duration("verify", phases.Verify);
        Duration("total", outcome.FinishedAt - outcome.StartedAt);
        _verification.Record(phases.Verify.TotalSeconds, new KeyValuePair<string, object?>("pipeline", pipeline));

        void Duration(string phase, TimeSpan time) =>
            _duration.Record(time.TotalSeconds, new("pipeline", pipeline), new("phase", phase));
    }

    /// <summary>A batch was committed on the target.</summary>
    /// <param name="at">Where.</param>
    /// <param name="operation"><c>insert</c>, <c>update</c> or <c>delete</c>.</param>
    /// <param name="records">How many records it had.</param>
    /// <param name="time">Since the batch before.</param>
    public void Batch(MetricPlace at, string operation, int records, TimeSpan time)
    {
        Processed(at, operation, records);
        _batches.Add(1, at.Pipeline, at.Table);
        _batchSize.Record(records, at.Pipeline, at.Table);
        _latency.Record(time.TotalSeconds, at.Pipeline, at.Table, new("operation", operation));
    }

    /// <summary>Records were written, or skipped with a reason.</summary>
    public void Processed(MetricPlace at, string operation, int records)
    {
        _processed.Add(records, at.Pipeline, at.Table, new("operation", operation));
        if (operation != "skip")
        {
            Rate(at)?.Add(records);
        }
    }

    /// <summary>A record, or an attempt, failed.</summary>
    public void Failed(MetricPlace at, ErrorType type) =>
        _failed.Add(1, at.Pipeline, at.Table, new("error_type", type == ErrorType.Network ? "connection" : Name(type)));

    /// <summary>An attempt was broken off by a store.</summary>
    public void BrokenOff(MetricPlace at) => _broken.Add(1, at.Pipeline, at.Table);

    /// <summary>Differences were found.</summary>
    public void Gaps(MetricPlace at, DifferenceList found)
    {
        Add("gap", found.Gaps.Total);
        Add("drift", found.Drift.Total);
        Add("extra", found.Extra.Total);

        void Add(string kind, long count) => _gaps.Add(count, at.Pipeline, at.Table, new("kind", kind));
    }

    /// <summary>Something is tried to recover by itself.</summary>
    /// <param name="at">Where.</param>
    /// <param name="action"><c>retry</c> or <c>resync</c>.</param>
    public void RecoveryTried(MetricPlace at, string action) =>
        _recoveriesTried.Add(1, at.Pipeline, at.Table, new("action", action));

    /// <summary>That helped.</summary>
    public void RecoverySucceeded(MetricPlace at, string action, int count) =>
        _recoveriesSucceeded.Add(count, at.Pipeline, at.Table, new("action", action));

    /// <summary>A server began a job.</summary>
    /// <param name="priority">The job's priority.</param>
    /// <param name="wait">How long it had been due.</param>
    public void JobWaited(JobPriority priority, TimeSpan wait) =>
        _wait.Record(Math.Max(0, wait.TotalSeconds), new KeyValuePair<string, object?>("priority", Name(priority)));

    /// <summary>A firing of a schedule came too late.</summary>
    public void FireMissed(string pipeline) => _missed.Add(1, new KeyValuePair<string, object?>("pipeline", pipeline));

    private RateWindow? Rate(MetricPlace at)
    {
        var key = (at.PipelineName, at.TableName);
        return _rates.TryGetValue(key, out var rate) ? rate
            : _rates.Count >= MetricRegistry.SeriesMax ? null
            : _rates.GetOrAdd(key, _ => new RateWindow(_clock));
    }

    private IEnumerable<Measurement<double>> Rates() =>
        _rates.Select(rate =>
            ServerMeter.Of(rate.Value.PerSecond(), ("pipeline", rate.Key.Pipeline), ("table", rate.Key.Table))
        );

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
