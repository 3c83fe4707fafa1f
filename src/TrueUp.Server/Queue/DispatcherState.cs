namespace TrueUp.Server.Queue;

/// <summary>What the rest of the server may know of the dispatcher. Safe for use by several threads.</summary>
internal sealed class DispatcherState
{
    private long _lastTick;
    private int _running;
    private volatile bool _isDraining;
    private volatile string? _problem;

    /// <summary>
    /// When it last looked at the queue, as <see cref="TimeProvider.GetTimestamp"/>; 0 before the first time.
    /// </summary>
    public long LastTick => Volatile.Read(ref _lastTick);

    /// <summary>Jobs this server runs.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Whether it takes no new jobs.</summary>
    public bool IsDraining
    {
        get => _isDraining;
        set => _isDraining = value;
    }

    /// <summary>Why the queue cannot be reached, or null when it can.</summary>
    public string? Problem => _problem;

    /// <summary>It has looked.</summary>
    public void Ticked(long timestamp, int running, string? problem)
    {
        Volatile.Write(ref _lastTick, timestamp);
        Volatile.Write(ref _running, running);
        _problem = problem;
    }
}
