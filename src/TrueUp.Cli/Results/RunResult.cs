using System.Text.Json.Serialization;
using TrueUp.Cli.Output;
using TrueUp.Proofs.SelfTests;
using TrueUp.Runs;

namespace TrueUp.Cli.Results;

/// <summary>What <c>run</c> and <c>verify</c> say about a run.</summary>
internal sealed record RunResult(
    string RunId,
    string Pipeline,
    string Status,
    bool DryRun,
    CountsBody Counts,
    VerificationBody Verification,
    PhasesBody Phases,
    long DeadLetters,
    string? Receipt,
    IReadOnlyList<FindingBody> Warnings
)
{
    /// <summary>The parts; left out when the pipeline has one only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UnitBody>? Units { get; init; }

    /// <summary>What the verifier's test of itself came to; left out when none was due.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SelfTestResult? SelfTest { get; init; }

    /// <summary>The JSON form of an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="deadLetters">The pipeline's records that wait in the dead letters.</param>
    /// <param name="receipt">The path of the receipt, or null.</param>
    public static RunResult Of(RunOutcome outcome, long deadLetters, string? receipt) =>
        new(
            outcome.RunId,
            outcome.Pipeline,
            outcome.Status.ToString().ToLowerInvariant(),
            outcome.DryRun,
            CountsBody.Of(outcome.Counts),
            VerificationBody.Of(outcome.Verification),
            PhasesBody.Of(outcome.Phases),
            deadLetters,
            receipt,
            FindingBody.OfAll(outcome.Warnings.Concat(outcome.Units.SelectMany(u => u.Warnings)))
        )
        {
            SelfTest = outcome.SelfTest,
            Units = outcome.Units.Any(u => u.Unit.Length > 0) ? [.. outcome.Units.Select(UnitBody.Of)] : null,
        };
}
