using TrueUp.Pipelines;
using TrueUp.Proofs.SelfTests;

namespace TrueUp.Runs;

/// <summary>What a run did and what it proved: the units and their sum.</summary>
public sealed record RunOutcome
{
    /// <summary>The run's identifier.</summary>
    public required string RunId { get; init; }

    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>True for <c>verify</c>, which writes nothing.</summary>
    public bool VerifyOnly { get; init; }

    /// <summary>True when changes were only counted.</summary>
    public bool DryRun { get; init; }

    /// <summary>For an undo, the run it undid; null otherwise.</summary>
    public string? UndoneRun { get; init; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>How it ended: as its worst unit.</summary>
    public RunStatus Status { get; init; } = RunStatus.Failed;

    /// <summary>The sum over its units.</summary>
    public RunCounts Counts { get; init; } = new();

    /// <summary>The units' proofs together; the verdict is the worst.</summary>
    public Verification Verification { get; init; } = new();

    /// <summary>
    /// The sum over its units, which may run at the same time, and the wall time of all of them as the total.
    /// </summary>
    public PhaseTimes Phases { get; init; } = PhaseTimes.Zero;

    /// <summary>The units; one with an empty name when the pipeline has one part only.</summary>
    public IReadOnlyList<UnitOutcome> Units { get; init; } = [];

    /// <summary>
    /// The names of its units when it was told to leave others out: it proves nothing about those. Empty otherwise.
    /// </summary>
    public IReadOnlyList<string> OnlyUnits { get; init; } = [];

    /// <summary>Why it stopped, or null.</summary>
    public RunError? Error { get; init; }

    /// <summary>The path of the run's receipt, or null when none was written.</summary>
    public string? Receipt { get; init; }

    /// <summary>What one can live with but should know, beyond what its units say.</summary>
    public IReadOnlyList<Finding> Warnings { get; init; } = [];

    /// <summary>What the verifier's test of itself came to, or null when none was due.</summary>
    public SelfTestResult? SelfTest { get; init; }

    /// <summary>Source records per second over the whole run.</summary>
    public double RecordsPerSecond => Phases.Total > TimeSpan.Zero ? Counts.Source / Phases.Total.TotalSeconds : 0;

    /// <summary>Whether a later run could do what this one could not, and for which units.</summary>
    public RetryLater RetryLater => RetryLater.Of(this);

    /// <summary>True when everything the run was about was proven; see <see cref="OnlyUnits"/>.</summary>
    public bool IsProven =>
        Error is null && Status == RunStatus.Completed && Verification.Verdict is Verdict.Verified or Verdict.Repaired;
}
