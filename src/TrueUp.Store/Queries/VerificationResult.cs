using System.Text.Json.Serialization;
using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Store.Queries;

/// <summary>
/// What a run proved, as its audit record keeps it (P05): without values of columns, lists cut to
/// <see cref="ShownMax"/>.
/// </summary>
public sealed record VerificationResult
{
    /// <summary>Entries of each list; the totals count all.</summary>
    public const int ShownMax = 100;

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Keys only on the source.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>How many there are in all.</summary>
    public long GapsTotal { get; init; }

    /// <summary>Rows that differ, with the columns that do.</summary>
    public IReadOnlyList<DriftedRow> Drift { get; init; } = [];

    /// <summary>How many there are in all.</summary>
    public long DriftTotal { get; init; }

    /// <summary>Keys only on the target.</summary>
    public IReadOnlyList<string> Extra { get; init; } = [];

    /// <summary>How many there are in all.</summary>
    public long ExtraTotal { get; init; }

    /// <summary>Differences in data that had been proven before, all repaired.</summary>
    public long RepairedTotal { get; init; }

    /// <summary>Records about which nothing is proven.</summary>
    public long Unproven { get; init; }

    /// <summary>Records that broke a rule.</summary>
    public IReadOnlyList<IntegrityIssue> IntegrityIssues { get; init; } = [];

    /// <summary>How many there are in all.</summary>
    public long IntegrityIssuesTotal { get; init; }

    /// <summary>How often differences were synchronised again.</summary>
    public ResyncResult Resync { get; init; } = new(0, 0);

    /// <summary>The seed of the last proof.</summary>
    public long Seed { get; init; }

    /// <summary>The digest of the source, <c>count:sum</c>.</summary>
    public string SourceDigest { get; init; } = "";

    /// <summary>The digest of the target, <c>count:sum</c>.</summary>
    public string TargetDigest { get; init; } = "";

    /// <summary>What the reading of the source is about.</summary>
    public SidePosition? SourcePosition { get; init; }

    /// <summary>What the reading of the target is about.</summary>
    public SidePosition? TargetPosition { get; init; }

    /// <summary>The units that were proven when others were left out; null when it is about all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? OnlyUnits { get; init; }

    /// <summary>What is kept of a verification.</summary>
    /// <param name="verification">The verification.</param>
    /// <param name="onlyUnits">The units it is about when others were left out; empty for all.</param>
    public static VerificationResult Of(Verification verification, IReadOnlyList<string>? onlyUnits = null)
    {
        ArgumentNullException.ThrowIfNull(verification);
        var differences = verification.Differences;
        return new VerificationResult
        {
            Verdict = verification.Verdict,
            Gaps = [.. differences.Gaps.Shown.Take(ShownMax)],
            GapsTotal = differences.Gaps.Total,
            Drift =
            [
                .. differences
                    .Drift.Shown.Take(ShownMax)
                    .Select(d => new DriftedRow(d.Key, [.. d.Columns.Select(c => c.Column)])),
            ],
            DriftTotal = differences.Drift.Total,
            Extra = [.. differences.Extra.Shown.Take(ShownMax)],
            ExtraTotal = differences.Extra.Total,
            RepairedTotal = verification.Repaired.Total,
            Unproven = verification.Unproven,
            IntegrityIssues =
            [
                .. verification
                    .IntegrityIssues.Shown.Take(ShownMax)
                    .Select(issue => issue with { Reason = Redaction.Clean(issue.Reason) }),
            ],
            IntegrityIssuesTotal = verification.IntegrityIssues.Total,
            Resync = new ResyncResult(verification.ResyncAttempted, verification.ResyncSucceeded),
            Seed = verification.Seed,
            SourceDigest = verification.SourceDigest.ToString(),
            TargetDigest = verification.TargetDigest.ToString(),
            SourcePosition = verification.SourcePosition,
            TargetPosition = verification.TargetPosition,
            OnlyUnits = onlyUnits is { Count: > 0 } ? onlyUnits : null,
        };
    }
}
