namespace TrueUp.Runs;

/// <summary>
/// How far a run is, over all its units. What it tells is about the unit at work that is furthest behind: with several
/// at the same time, a run still detects as long as one of them does.
/// </summary>
/// <param name="listener">Who is told, by one thread at a time; null for nobody.</param>
/// <param name="clock">The time.</param>
/// <param name="units">Units in all.</param>
internal sealed class RunMeter(IProgress<RunProgress>? listener, TimeProvider clock, int units)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<UnitMeter> _atWork = [];
    private int _ended;
    private long _records;
    private long _errors;
    private long _lastReport;
    private (string Unit, int Phase)? _lastTold;

    /// <summary>A unit begins.</summary>
    public UnitMeter Begin(string unit)
    {
        var meter = new UnitMeter(this, unit);
        lock (_gate)
        {
            _atWork.Add(meter);
            Tell();
        }
        return meter;
    }

    /// <summary>Changes what a unit says about itself, and passes it on a few times a second.</summary>
    public void Update(Action change)
    {
        if (listener is null)
        {
            return;
        }
        lock (_gate)
        {
            change();
            Tell();
        }
    }

    /// <summary>A unit ended: what it processed stays in the sum.</summary>
    public void End(UnitMeter unit)
    {
        lock (_gate)
        {
            if (!_atWork.Remove(unit))
            {
                return;
            }
            _ended++;
            _records += unit.RecordsMost;
            _errors += unit.ErrorsMost;
            _lastTold = null;
            Tell(unit);
        }
    }

    // A change of phase is always told, numbers only so often.
    private void Tell(UnitMeter? last = null)
    {
        var behind = _atWork.MinBy(u => u.Phase) ?? last;
        if (listener is null || behind is null)
        {
            return;
        }
        var isNew = _lastTold != (behind.Unit, behind.Phase);
        if (!isNew && clock.GetElapsedTime(_lastReport) < ReportEvery)
        {
            return;
        }
        _lastReport = clock.GetTimestamp();
        _lastTold = (behind.Unit, behind.Phase);
        listener.Report(
            new RunProgress(
                UnitMeter.Phases[behind.Phase],
                behind.Unit,
                behind.Processed,
                behind.Expected,
                behind.Errors
            )
            {
                UnitsProcessed = _ended,
                TotalUnits = units,
                RecordsProcessed = _records + _atWork.Sum(u => u.RecordsMost),
                ErrorsTotal = _errors + _atWork.Sum(u => u.ErrorsMost),
            }
        );
    }
}
