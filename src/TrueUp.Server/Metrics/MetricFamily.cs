using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace TrueUp.Server.Metrics;

/// <summary>
/// A metric and its series. Labels come from data (pipelines, tables), so their number is guarded: what comes up after
/// the limit is reached is summed under <c>other</c>.
/// </summary>
internal sealed class MetricFamily
{
    /// <summary>What the values of labels are called that came too late.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly bool _isObservable;
    private readonly int _seriesMax;
    private long _folded;

    /// <param name="instrument">What measures.</param>
    /// <param name="seriesMax">Series at most, the one of the rest not counted.</param>
    public MetricFamily(Instrument instrument, int seriesMax)
    {
        Name = instrument.Name;
        Help = instrument.Description ?? "";
        Type = instrument switch
        {
            Histogram<double> => "histogram",
            Counter<long> or Counter<double> or ObservableCounter<long> or ObservableCounter<double> => "counter",
            _ => "gauge",
        };
        Bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [];
        _isObservable = instrument.IsObservable;
        _seriesMax = seriesMax;
    }

    public string Name { get; }

    public string Help { get; }

    /// <summary>As Prometheus calls it: <c>counter</c>, <c>gauge</c> or <c>histogram</c>.</summary>
    public string Type { get; }

    /// <summary>The upper bounds of a histogram's buckets.</summary>
    public IReadOnlyList<double> Bounds { get; }

    /// <summary>How many measurements were summed under <c>other</c>.</summary>
    public long Folded => Interlocked.Read(ref _folded);

    /// <summary>The series, by their labels.</summary>
    public IEnumerable<MetricSeries> Series => _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal);

    /// <summary>Forgets what will be read anew: what no longer is has no series any more.</summary>
    public void Forget()
    {
        if (_isObservable)
        {
            _series.Clear();
        }
    }

    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Text(tags, fold: false);
        if (!_series.TryGetValue(labels, out var series))
        {
            if (_series.Count >= _seriesMax && tags.Length > 0)
            {
                Interlocked.Increment(ref _folded);
                labels = Text(tags, fold: true);
            }
            series = _series.GetOrAdd(labels, static (text, bounds) => new MetricSeries(text, bounds), Bounds);
        }
        series.Add(value);
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags, bool fold)
    {
        if (tags.Length == 0)
        {
            return "";
        }
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"");
            var label = fold ? Other : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append(label.Replace("\\", @"\\").Replace("\n", @"\n").Replace("\"", "\\\"")).Append('"');
        }
        return text.ToString();
    }
}
