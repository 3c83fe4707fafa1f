using TrueUp.Proofs.SelfTests;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Runs;

/// <summary>Everything about one run except its records and keys.</summary>
/// <param name="Run">What lists show.</param>
/// <param name="Verification">What was proven, or null while it is not known.</param>
/// <param name="SelfTest">What the verifier's test of itself came to, or null when none was due.</param>
/// <param name="PipelineHash">SHA-256 of the pipeline's file as it ran, or null.</param>
/// <param name="ErrorSuggestion">What to do about the error, or null.</param>
/// <param name="Findings">Every single thing that was wrong.</param>
/// <param name="Recoveries">What was recovered by itself (P31).</param>
/// <param name="UnitCount">Its units: see <c>/units</c>.</param>
/// <param name="ErrorCount">Errors it left: see <c>/errors</c>.</param>
internal sealed record RunDetailsBody(
    RunBody Run,
    VerificationBody? Verification,
    SelfTestResult? SelfTest,
    string? PipelineHash,
    string? ErrorSuggestion,
    IReadOnlyList<FindingBody> Findings,
    IReadOnlyList<RecoveryEntry> Recoveries,
    int UnitCount,
    long ErrorCount
)
{
    public static RunDetailsBody Of(RunDetails details) =>
        new(
            RunBody.Of(details.Run),
            details.Verification is { } verification ? VerificationBody.Of(verification) : null,
            details.SelfTest,
            details.PipelineHash,
            details.ErrorSuggestion,
            [.. details.Findings.Select(FindingBody.Of)],
            details.Recoveries,
            details.Units.Count,
            details.ErrorCount
        );
}
