using TrueUp.Cli.Output;
using TrueUp.Runs;

namespace TrueUp.Cli.Results;

/// <summary>What became of one unit.</summary>
internal sealed record UnitResult(
    string Unit, string Status, CountsResult Counts, VerificationResult Verification, PhasesResult Phases,
    IReadOnlyList<FindingBody> Warnings, ErrorBody? Error)
{
    /// <summary>The JSON form of a unit.</summary>
    public static UnitResult Of(UnitOutcome unit) => new(
        unit.Unit, unit.Status.ToString().ToLowerInvariant(), CountsResult.Of(unit.Counts), VerificationResult.Of(unit.Verification),
        PhasesResult.Of(unit.Phases), FindingBody.OfAll(unit.Warnings), unit.Error is { } error ? RunVerdict.Body(error) : null);
}
