using TrueUp.Cli.Output;
using TrueUp.Runs;

namespace TrueUp.Cli.Results;

/// <summary>What became of one unit.</summary>
internal sealed record UnitBody(
    string Unit,
    string Status,
    CountsBody Counts,
    VerificationBody Verification,
    PhasesBody Phases,
    IReadOnlyList<FindingBody> Warnings,
    ErrorBody? Error
)
{
    /// <summary>The JSON form of a unit.</summary>
    public static UnitBody Of(UnitOutcome unit) =>
        new(
            unit.Unit,
            unit.Status.ToString().ToLowerInvariant(),
            CountsBody.Of(unit.Counts),
            VerificationBody.Of(unit.Verification),
            PhasesBody.Of(unit.Phases),
            FindingBody.OfAll(unit.Warnings),
            unit.Error is { } error ? RunVerdict.Body(error) : null
        );
}
