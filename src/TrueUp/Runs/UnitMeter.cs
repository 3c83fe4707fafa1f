namespace TrueUp.Runs;

/// <summary>How far one unit is. Its numbers are read and changed by its run's meter, one thread at a time.</summary>
internal sealed class UnitMeter(RunMeter run, string unit)
{
    /// <summary>The phases, from the first to the last.</summary>
    public static readonly string[] Phases = ["detecting", "syncing", "verifying"];

    public string Unit => unit;

    /// <summary>Its place in <see cref="Phases"/>.</summary>
    public int Phase { get; private set; }

    public long Processed { get; private set; }

    public long? Expected { get; private set; }

    public long Errors { get; private set; }

    /// <summary>The most records that any of its phases got to: a sum of these never goes back.</summary>
    public long RecordsMost { get; private set; }

    /// <summary>The most errors that any of its attempts had.</summary>
    public long ErrorsMost { get; private set; }

    /// <summary>Tells how far a phase is.</summary>
    public void Report(string phase, long processed, long? expected, long errors) =>
        run.Update(() =>
        {
            Phase = Array.IndexOf(Phases, phase);
            Processed = processed;
            Expected = expected;
            Errors = errors;
            RecordsMost = Math.Max(RecordsMost, processed);
            ErrorsMost = Math.Max(ErrorsMost, errors);
        });

    /// <summary>The unit ended, one way or another.</summary>
    public void End(RunCounts counts)
    {
        RecordsMost = Math.Max(RecordsMost, counts.Source);
        ErrorsMost = Math.Max(ErrorsMost, counts.Skipped + counts.Failed);
        run.End(this);
    }
}
