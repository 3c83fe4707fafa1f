using TrueUp.Pipelines;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Settings;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Metrics;

/// <summary>How old the last proof of each pipeline is, and how old it may be.</summary>
internal sealed class ProofAges(
    PipelineCatalog catalog,
    SettingsBoard settings,
    PipelineReadings readings,
    TimeProvider clock
)
{
    /// <summary>
    /// The pipelines of the catalog. One that was never proven has the age of this server: somebody has to be told of
    /// it sooner or later, and not at once.
    /// </summary>
    public IReadOnlyList<ProofAge> Of(PipelineReading reading)
    {
        var known = reading.Pipelines.ToDictionary(status => status.Pipeline, StringComparer.Ordinal);
        var now = clock.GetUtcNow();
        return [.. catalog.Current.Values.Where(entry => entry.Definition is not null).Select(Age)];

        ProofAge Age(PipelineEntry entry)
        {
            var definition = entry.Definition!;
            var status = known.GetValueOrDefault(definition.Name);
            return new ProofAge(
                definition,
                Max(now - (status?.ProvenAt ?? readings.Started)),
                Interval(definition),
                status
            );
        }
    }

    private TimeSpan? Interval(PipelineDefinition definition) =>
        settings.Current.Intervals.TryGetValue(definition.Name, out var interval) && definition.Schedule is not null
            ? interval
            : ScheduleInterval.Of(definition.Schedule);

    private static TimeSpan Max(TimeSpan age) => age < TimeSpan.Zero ? TimeSpan.Zero : age;
}
