namespace TrueUp.Runs;

/// <summary>Adds up the time of each phase.</summary>
internal sealed class PhaseClock(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private long _lap = clock.GetTimestamp();

    public TimeSpan Fetch { get; private set; }

    public TimeSpan Compare { get; private set; }

    public TimeSpan Update { get; private set; }

    public TimeSpan Verify { get; private set; }

    public void EndFetch() => Fetch += Lap();

    public void EndCompare() => Compare += Lap();

    public void EndUpdate() => Update += Lap();

    public void EndVerify() => Verify += Lap();

    public PhaseTimes Times() => new(Fetch, Compare, Update, Verify, clock.GetElapsedTime(_start));

    private TimeSpan Lap()
    {
        var from = _lap;
        _lap = clock.GetTimestamp();
        return clock.GetElapsedTime(from, _lap);
    }
}
