namespace TrueUp.Server.Metrics;

/// <summary>One series of a metric: a number, or a histogram. Safe for use by several threads.</summary>
/// <param name="labels">Its labels as Prometheus writes them, without braces; empty for none.</param>
/// <param name="bounds">The upper bounds of its buckets; empty for a number.</param>
internal sealed class MetricSeries(string labels, IReadOnlyList<double> bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Count];
    private double _sum;
    private long _count;

    public string Labels => labels;

    /// <summary>Adds to a number, or notes a value of a histogram.</summary>
    public void Add(double value)
    {
        lock (_gate)
        {
            _sum += value;
            _count++;
            for (var i = 0; i < _buckets.Length; i++)
            {
                if (value <= bounds[i])
                {
                    _buckets[i]++;
                    break;
                }
            }
        }
    }

    /// <summary>What there is: the sum, how many, and how many up to each bound.</summary>
    public (double Sum, long Count, long[] UpTo) Read()
    {
        lock (_gate)
        {
            var upTo = new long[_buckets.Length];
            var all = 0L;
            for (var i = 0; i < upTo.Length; i++)
            {
                upTo[i] = all += _buckets[i];
            }
            return (_sum, _count, upTo);
        }
    }
}
