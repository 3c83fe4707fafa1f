using TrueUp.Cli.Output;
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
        );
}
