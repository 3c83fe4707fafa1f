using TrueUp.Runs;

namespace TrueUp.Cli.Results;

/// <summary>
/// What was proven. The lists are what differs in the end or, when nothing does, what differed and was repaired.
/// </summary>
internal sealed record VerificationBody(
    string Verdict,
    IReadOnlyList<string> Gaps,
    IReadOnlyList<DriftBody> Drift,
    IReadOnlyList<string> Extra,
    long GapsTotal,
    long DriftTotal,
    long ExtraTotal,
    long Unproven,
    IReadOnlyList<IssueBody> IntegrityIssues,
    long IntegrityIssuesTotal,
    ResyncBody Resync
)
{
    /// <summary>The JSON form of a verification.</summary>
    public static VerificationBody Of(Verification verification)
    {
        var found = verification.Differences.Total > 0 ? verification.Differences : verification.Repaired;
        return new VerificationBody(
            verification.Verdict.ToString().ToLowerInvariant(),
            found.Gaps.Shown,
            [
                .. found.Drift.Shown.Select(d => new DriftBody(
                    d.Key,
                    [.. d.Columns.Select(c => new ColumnBody(c.Column, c.Source, c.Target))]
                )),
            ],
            found.Extra.Shown,
            found.Gaps.Total,
            found.Drift.Total,
            found.Extra.Total,
            verification.Unproven,
            [.. verification.IntegrityIssues.Shown.Select(IssueBody.Of)],
            verification.IntegrityIssues.Total,
            new ResyncBody(verification.ResyncAttempted, verification.ResyncSucceeded)
        );
    }
}
