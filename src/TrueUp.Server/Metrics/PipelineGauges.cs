using System.Diagnostics.Metrics;
using TrueUp.Server.Pipelines;
using TrueUp.Store.Jobs;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Metrics;

/// <summary>
/// What the control database knows of pipelines and the queue. Every server of a cluster gives the same; while the
/// database cannot be asked there is nothing to give.
/// </summary>
internal sealed class PipelineGauges
{
    private readonly PipelineReadings _readings;
    private readonly PipelineCatalog _catalog;
    private readonly ProofAges _ages;

    public PipelineGauges(ServerMeter meter, PipelineReadings readings, PipelineCatalog catalog, ProofAges ages)
    {
        (_readings, _catalog, _ages) = (readings, catalog, ages);
        meter.Gauge(
            "trueup_control_database_up",
            "1 when the control database answers, else 0.",
            () => _readings.Latest is { Problem: null } ? 1 : 0
        );
        meter.Gauge("sync_error_jobs", "Pipelines whose last run failed.", ErrorJobs);
        meter.Gauge("sync_paused_jobs", "Pipelines that somebody paused.", PausedJobs);
        meter.Gauge("sync_queue_length", "Jobs that wait, by priority.", QueueLength);
        meter.Gauge("sync_proof_age_seconds", "Since source and target were last proven to agree.", ProofAgeSeconds);
        meter.Gauge("sync_lag_seconds", "By how much the last proof is older than the schedule lets it be.", Lag);
    }

    private IEnumerable<Measurement<double>> ErrorJobs() => Count(status => status.LastStatus == RunState.Failed);

    private IEnumerable<Measurement<double>> PausedJobs() => Count(status => status.IsPaused);

    private IEnumerable<Measurement<double>> Count(Func<PipelineStatus, bool> isCounted) =>
        Known() is { } reading
            ? [ServerMeter.Of(reading.Pipelines.Count(s => _catalog.Current.ContainsKey(s.Pipeline) && isCounted(s)))]
            : [];

    private IEnumerable<Measurement<double>> QueueLength() =>
        Known() is { } reading
            ? Enum.GetValues<JobPriority>()
                .Select(priority =>
                    ServerMeter.Of(
                        reading.Backlog.Where(b => b.Priority == priority).Sum(b => b.Waiting),
                        ("priority", priority.ToString().ToLowerInvariant())
                    )
                )
            : [];

    private IEnumerable<Measurement<double>> ProofAgeSeconds() =>
        Ages().Select(age => ServerMeter.Of(age.Age.TotalSeconds, ("pipeline", age.Pipeline.Name)));

    private IEnumerable<Measurement<double>> Lag() =>
        Ages()
            .Where(age => age is { Lag: not null, IsPaused: false })
            .Select(age =>
                ServerMeter.Of(
                    age.Lag!.Value.TotalSeconds,
                    ("pipeline", age.Pipeline.Name),
                    ("table", MetricPlace.Of(age.Pipeline, "").TableName)
                )
            );

    private IReadOnlyList<ProofAge> Ages() => Known() is { } reading ? _ages.Of(reading) : [];

    private PipelineReading? Known() => _readings.Latest is { Problem: null } reading ? reading : null;
}
