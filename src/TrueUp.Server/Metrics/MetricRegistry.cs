using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TrueUp.Server.Metrics;

/// <summary>Collects what a server's meter measures, to be read as a whole.</summary>
internal sealed class MetricRegistry : IDisposable
{
    /// <summary>Series of one metric at most.</summary>
    public const int SeriesMax = 2000;

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _reading = new();

    /// <param name="meter">What measures.</param>
    /// <param name="seriesMax">Series of one metric at most.</param>
    public MetricRegistry(ServerMeter meter, int seriesMax = SeriesMax)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                var family = _families.GetOrAdd(instrument.Name, _ => new MetricFamily(instrument, seriesMax));
                listener.EnableMeasurementEvents(instrument, family);
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags)
        );
        _listener.SetMeasurementEventCallback<double>(
            (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags)
        );
        _listener.Start();
        meter.CreateObservableCounter(
            "trueup_metric_values_folded_total",
            Folded,
            null,
            "Measurements summed under the label value other, because their metric had too many series."
        );
    }

    /// <summary>Everything in Prometheus' text format 0.0.4, by name.</summary>
    public string Scrape()
    {
        lock (_reading)
        {
            foreach (var family in _families.Values)
            {
                family.Forget();
            }
            _listener.RecordObservableInstruments();
            return PrometheusText.Of(_families.Values.OrderBy(family => family.Name, StringComparer.Ordinal));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private IEnumerable<Measurement<long>> Folded() =>
        _families
            .Values.Where(family => family.Folded > 0)
            .Select(family => new Measurement<long>(
                family.Folded,
                new KeyValuePair<string, object?>("metric", family.Name)
            ));
}
