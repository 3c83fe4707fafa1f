using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TrueUp.Server.Metrics;

/// <summary>
/// What a server measures itself with: one for each server, so that two in one process do not count together.
/// Instruments have the names that Prometheus knows them by.
/// </summary>
internal sealed class ServerMeter() : Meter(Name)
{
    /// <summary>The name for whoever collects.</summary>
    public new const string Name = "TrueUp";

    /// <summary>Spans of runs and units.</summary>
    public static readonly ActivitySource Spans = new(Name);

    /// <summary>A histogram with buckets of its own.</summary>
    /// <param name="name">Its name, the unit last.</param>
    /// <param name="help">What it measures.</param>
    /// <param name="bounds">The upper bounds of its buckets, ascending.</param>
    public Histogram<double> Histogram(string name, string help, params double[] bounds) =>
        CreateHistogram(
            name,
            null,
            help,
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds }
        );

    /// <summary>A counter.</summary>
    public Counter<long> Counter(string name, string help) => CreateCounter<long>(name, null, help);

    /// <summary>A gauge that is read when somebody looks.</summary>
    public void Gauge(string name, string help, Func<IEnumerable<Measurement<double>>> read) =>
        CreateObservableGauge(name, read, null, help);

    /// <summary>A gauge without labels that is read when somebody looks.</summary>
    public void Gauge(string name, string help, Func<double> read) => CreateObservableGauge(name, read, null, help);

    /// <summary>A measurement with labels.</summary>
    public static Measurement<double> Of(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            tags[i] = new(labels[i].Name, labels[i].Value);
        }
        return new Measurement<double>(value, tags);
    }
}
