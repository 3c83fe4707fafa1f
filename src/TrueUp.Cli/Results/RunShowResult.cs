using System.Text.Json.Serialization;
using TrueUp.Cli.Output;
using TrueUp.Proofs.SelfTests;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Results;

/// <summary>Everything the audit has on one run.</summary>
internal sealed record RunShowResult(
    RunSummary Run,
    VerificationResult? Verification,
    IReadOnlyList<UnitResult> Units,
    IReadOnlyList<RecoveryEntry> Recoveries,
    IReadOnlyList<GapEntry> Gaps,
    ErrorBody? Error,
    long Errors,
    string? PipelineFile,
    string? PipelineHash,
    string? Receipt
)
{
    /// <summary>What the verifier's test of itself came to; left out when none was due.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SelfTestResult? SelfTest { get; init; }

    /// <summary>The JSON form of a run's details.</summary>
    public static RunShowResult Of(RunDetails details, string? receipt) =>
        new(
            details.Run,
            details.Verification,
            details.Units,
            details.Recoveries,
            details.Gaps,
            details.Run is { ErrorCode: { } code, ErrorMessage: { } message }
                ? new ErrorBody(code, message, details.ErrorSuggestion ?? "")
                {
                    Findings = FindingBody.OfAll(details.Findings),
                }
                : null,
            details.ErrorCount,
            details.PipelineFile,
            details.PipelineHash,
            receipt
        )
        {
            SelfTest = details.SelfTest,
        };
}
