namespace TrueUp.Server.Metrics;

/// <summary>How many a second, over the last minute. Safe for use by several threads.</summary>
internal sealed class RateWindow(TimeProvider clock)
{
    private const int Slots = 60;

    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[Slots];
    private long _newest;

    /// <summary>Counts some now.</summary>
    public void Add(long count)
    {
        lock (_gate)
        {
            _counts[Turn() % Slots] += count;
        }
    }

    /// <summary>The mean of the last minute.</summary>
    public double PerSecond()
    {
        lock (_gate)
        {
            Turn();
            return _counts.Sum() / (double)Slots;
        }
    }

    // Empties the seconds that passed since the last time.
    private long Turn()
    {
        var now = clock.GetTimestamp() / clock.TimestampFrequency;
        if (now - _newest >= Slots)
        {
            Array.Clear(_counts);
        }
        else
        {
            for (var second = _newest + 1; second <= now; second++)
            {
                _counts[second % Slots] = 0;
            }
        }
        return _newest = Math.Max(now, _newest);
    }
}
