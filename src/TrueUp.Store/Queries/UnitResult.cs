using TrueUp.Pipelines;
using TrueUp.Runs;

namespace TrueUp.Store.Queries;

/// <summary>What became of one unit of a run.</summary>
/// <param name="Unit">Its name; empty when the pipeline has one part only.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Verdict">What was proven.</param>
/// <param name="Counts">What became of its records.</param>
/// <param name="Verification">The proof's result.</param>
/// <param name="Warnings">What one can live with but should know.</param>
public sealed record UnitResult(
    string Unit, RunStatus Status, Verdict Verdict, RunCounts Counts, VerificationResult Verification,
    IReadOnlyList<Finding> Warnings)
{
    /// <summary>Why it stopped, or null.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The highest attempt at recovering it, or 0.</summary>
    public int Retries { get; init; }
}
