using TrueUp.Pipelines;

namespace TrueUp.Runs;

/// <summary>What became of one unit.</summary>
/// <param name="Unit">Its name; empty when the pipeline has one part only.</param>
public sealed record UnitOutcome(string Unit)
{
    /// <summary>How it ended.</summary>
    public RunStatus Status { get; init; } = RunStatus.Failed;

    /// <summary>What became of its records.</summary>
    public RunCounts Counts { get; init; } = new();

    /// <summary>What was proven.</summary>
    public Verification Verification { get; init; } = new();

    /// <summary>Where the time went.</summary>
    public PhaseTimes Phases { get; init; } = PhaseTimes.Zero;

    /// <summary>What one can live with but should know.</summary>
    public IReadOnlyList<Finding> Warnings { get; init; } = [];

    /// <summary>Why it stopped, or null.</summary>
    public RunError? Error { get; init; }
}
