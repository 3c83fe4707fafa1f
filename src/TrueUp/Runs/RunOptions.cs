namespace TrueUp.Runs;

/// <summary>What one run is told beyond its pipeline.</summary>
public sealed record RunOptions
{
    /// <summary>True to say what would change and write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// Only these units of the pipeline, by name; empty for all. Such a run proves nothing about the others, and says
    /// so.
    /// </summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>What started the run.</summary>
    public TriggerSource Trigger { get; init; } = TriggerSource.Manual;

    /// <summary>Who started it, or null.</summary>
    public string? TriggeredBy { get; init; }

    /// <summary>
    /// Told how far the run is, a few times a second and at each change of phase, by one thread at a time.
    /// </summary>
    public IProgress<RunProgress>? Progress { get; init; }
}
