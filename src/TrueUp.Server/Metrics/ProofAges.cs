using TrueUp.Server.Pipelines;
using TrueUp.Server.Scheduling;
using TrueUp.Server.Settings;

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
            var since = status?.ProvenAt ?? readings.Started;
            var due = ScheduleSpec.Of(definition, settings.Current.Intervals)?.DueAfter(since);
            return new ProofAge(definition, NotNegative(now - since), due - since, status);
        }
    }

    private static TimeSpan NotNegative(TimeSpan age) => age < TimeSpan.Zero ? TimeSpan.Zero : age;
}
