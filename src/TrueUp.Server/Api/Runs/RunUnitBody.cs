using TrueUp.Runs;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Runs;

/// <summary>What became of one unit of a run.</summary>
/// <param name="Unit">Its name; empty when the pipeline has one part only.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Summary">What became of its records.</param>
/// <param name="Verification">What was proven.</param>
/// <param name="Warnings">What one can live with but should know.</param>
/// <param name="Retries">The highest attempt at recovering it, or 0.</param>
/// <param name="ErrorMessage">Why it stopped, or null.</param>
internal sealed record RunUnitBody(
    string Unit,
    RunStatus Status,
    RunSummaryBody Summary,
    VerificationBody Verification,
    IReadOnlyList<FindingBody> Warnings,
    int Retries,
    string? ErrorMessage
)
{
    public static RunUnitBody Of(UnitResult unit) =>
        new(
            unit.Unit,
            unit.Status,
            RunSummaryBody.Of(unit.Counts),
            VerificationBody.Of(unit.Verification),
            [.. unit.Warnings.Select(FindingBody.Of)],
            unit.Retries,
            unit.ErrorMessage
        );
}
