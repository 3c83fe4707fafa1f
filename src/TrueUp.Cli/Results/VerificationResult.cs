using TrueUp.Runs;

namespace TrueUp.Cli.Results;

/// <summary>What was proven. The lists are what differs in the end or, when nothing does, what differed and was repaired.</summary>
internal sealed record VerificationResult(
    string Verdict,
    IReadOnlyList<string> Gaps, IReadOnlyList<DriftResult> Drift, IReadOnlyList<string> Extra,
    long GapsTotal, long DriftTotal, long ExtraTotal,
    long Unproven, IReadOnlyList<IssueResult> IntegrityIssues, long IntegrityIssuesTotal, ResyncResult Resync)
{
    /// <summary>The JSON form of a verification.</summary>
    public static VerificationResult Of(Verification verification)
    {
        var found = verification.Differences.Total > 0 ? verification.Differences : verification.Repaired;
        return new VerificationResult(
            verification.Verdict.ToString().ToLowerInvariant(),
            found.Gaps.Shown,
            [.. found.Drift.Shown.Select(d => new DriftResult(
                d.Key, [.. d.Columns.Select(c => new ColumnResult(c.Column, c.Source, c.Target))]))],
            found.Extra.Shown,
            found.Gaps.Total, found.Drift.Total, found.Extra.Total,
            verification.Unproven,
            [.. verification.IntegrityIssues.Shown.Select(IssueResult.Of)], verification.IntegrityIssues.Total,
            new ResyncResult(verification.ResyncAttempted, verification.ResyncSucceeded));
    }
}
