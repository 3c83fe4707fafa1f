using TrueUp.Runs;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Runs;

/// <summary>What a proof came to, in numbers: keys are in <c>/gaps</c>, for operators.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Gaps">Keys only on the source.</param>
/// <param name="Drift">Rows that differ.</param>
/// <param name="Extra">Keys only on the target.</param>
/// <param name="Repaired">Differences in data that had been proven before, all repaired.</param>
/// <param name="Unproven">Records about which nothing is proven.</param>
/// <param name="IntegrityIssues">Records that broke a rule.</param>
/// <param name="Resync">How often differences were synchronised again.</param>
/// <param name="SourceDigest">The digest of the source, <c>count:sum</c>.</param>
/// <param name="TargetDigest">The digest of the target, <c>count:sum</c>.</param>
internal sealed record VerificationBody(
    Verdict Verdict,
    long Gaps,
    long Drift,
    long Extra,
    long Repaired,
    long Unproven,
    long IntegrityIssues,
    ResyncResult Resync,
    string SourceDigest,
    string TargetDigest
)
{
    public static VerificationBody Of(VerificationResult result) =>
        new(
            result.Verdict,
            result.GapsTotal,
            result.DriftTotal,
            result.ExtraTotal,
            result.RepairedTotal,
            result.Unproven,
            result.IntegrityIssuesTotal,
            result.Resync,
            result.SourceDigest,
            result.TargetDigest
        );
}
