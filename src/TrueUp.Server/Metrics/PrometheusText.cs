using System.Globalization;
using System.Text;

namespace TrueUp.Server.Metrics;

/// <summary>
/// Prometheus' text format, version 0.0.4:
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
/// </summary>
internal static class PrometheusText
{
    /// <summary>The content type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The text of metrics, each with what it is and of which type.</summary>
    public static string Of(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            var help = family.Help.Replace("\\", @"\\").Replace("\n", @"\n");
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(help).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Type).Append('\n');
            foreach (var series in family.Series)
            {
                Write(text, family, series);
            }
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        var (sum, count, upTo) = series.Read();
        if (upTo.Length == 0)
        {
            Line(text, family.Name, series.Labels, sum);
            return;
        }
        var labels = series.Labels.Length == 0 ? "" : series.Labels + ",";
        for (var i = 0; i < upTo.Length; i++)
        {
            Line(text, family.Name + "_bucket", $"{labels}le=\"{Number(family.Bounds[i])}\"", upTo[i]);
        }
        Line(text, family.Name + "_bucket", $"{labels}le=\"+Inf\"", count);
        Line(text, family.Name + "_sum", series.Labels, sum);
        Line(text, family.Name + "_count", series.Labels, count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
