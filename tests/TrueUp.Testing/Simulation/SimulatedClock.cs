namespace TrueUp.Testing.Simulation;

/// <summary>A clock that stands until it is moved; what falls due runs within the move, on the mover's
/// thread.</summary>
public sealed class SimulatedClock : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() =>
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(_ticks);

    public override long GetTimestamp() => _ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on.</summary>
    public void Advance(TimeSpan by)
    {
        _ticks += by.Ticks;
        while (_timers.Where(t => t.Due <= _ticks).MinBy(t => t.Due) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Moves on to what falls due next; false when nothing will.</summary>
    public bool AdvanceToNext()
    {
        if (_timers.MinBy(t => t.Due) is not { } next)
        {
            return false;
        }
        Advance(TimeSpan.FromTicks(Math.Max(next.Due - _ticks, 0)));
        return true;
    }

    private sealed class Timer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._timers.Remove(this);
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Due = clock._ticks + dueTime.Ticks;
                clock._timers.Add(this);
            }
            return true;
        }

        public void Fire()
        {
            Change(_period, _period);
            callback(state);
        }

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
