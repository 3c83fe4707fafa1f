namespace TrueUp.Server.Tests.Testing;

/// <summary>A clock that moves when it is told to; timers are those of the machine.</summary>
internal sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan _advanced;

    public DateTimeOffset Now => GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <summary>The machine's, and what it was advanced.</summary>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return base.GetTimestamp() + (long)(_advanced.TotalSeconds * TimestampFrequency);
        }
    }

    /// <summary>Sets the clock, which nobody sees who measures how long something takes.</summary>
    public void Set(DateTimeOffset time)
    {
        lock (_gate)
        {
            _now = time;
        }
    }

    public void Advance(TimeSpan time)
    {
        lock (_gate)
        {
            _now += time;
            _advanced += time;
        }
    }
}
