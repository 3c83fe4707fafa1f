using TrueUp.Digests;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Proofs.Receipts;

/// <summary>
/// Whether what a receipt claims still holds: the claim beside a verification of the same pipeline made now, with a
/// seed of its own.
/// </summary>
/// <param name="Holds">
/// True when the receipt claims that source and target agreed (<c>verified</c>, <c>repaired</c>, or
/// <c>incomplete</c> but for unproven records) and they agree as far now.
/// </param>
/// <param name="PipelineChanged">True when the pipeline file is not the one the receipt is about.</param>
/// <param name="VerdictThen">What the receipt claims.</param>
/// <param name="Verdict">What holds now.</param>
/// <param name="FinishedAt">When that was found (UTC).</param>
/// <param name="Units">The units of either.</param>
public sealed record LiveCheck(
    bool Holds,
    bool PipelineChanged,
    string VerdictThen,
    string Verdict,
    DateTimeOffset FinishedAt,
    IReadOnlyList<LiveUnit> Units
)
{
    /// <summary>Holds a receipt against a verification.</summary>
    /// <param name="receipt">What was claimed.</param>
    /// <param name="pipeline">The pipeline as it is now.</param>
    /// <param name="now">A verification of it that was not stopped by an error.</param>
    public static LiveCheck Of(ReceiptBody receipt, PipelineDefinition pipeline, RunOutcome now)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(now);
        var units = receipt
            .Units.Select(u => u.Unit)
            .Union(now.Units.Select(u => u.Unit), StringComparer.Ordinal)
            .Select(name =>
                Unit(
                    name,
                    receipt.Units.FirstOrDefault(u => string.Equals(u.Unit, name, StringComparison.Ordinal)),
                    now.Units.FirstOrDefault(u => string.Equals(u.Unit, name, StringComparison.Ordinal))
                )
            )
            .ToList();
        var verdict = Name(now.Verification.Verdict);
        return new LiveCheck(
            Agrees(receipt.Verdict, verdict) && units.TrueForAll(u => u.VerdictThen is null || u.Verdict is not null),
            !string.Equals(receipt.PipelineHash, pipeline.FileHash, StringComparison.Ordinal),
            receipt.Verdict,
            verdict,
            now.FinishedAt,
            units
        );
    }

    private static bool Agrees(string then, string now) =>
        then switch
        {
            "verified" or "repaired" => now is "verified" or "repaired",
            "incomplete" => now is "verified" or "repaired" or "incomplete",
            _ => false,
        };

    private static LiveUnit Unit(string name, ReceiptUnit? then, UnitOutcome? now)
    {
        var found = now?.Verification;
        return new LiveUnit(
            name,
            then?.Verdict,
            found is null ? null : Name(found.Verdict),
            Side(then?.Source, then?.SourcePosition, found?.SourceDigest, found?.SourcePosition),
            Side(then?.Target, then?.TargetPosition, found?.TargetDigest, found?.TargetPosition),
            found?.Differences.Gaps.Total ?? 0,
            found?.Differences.Drift.Total ?? 0,
            found?.Differences.Extra.Total ?? 0
        );
    }

    private static LiveSide Side(string? then, SidePosition? positionThen, SetDigest? now, SidePosition? position) =>
        new(
            then is not null && SetDigest.TryParse(then, out var digest) ? digest.Count : 0,
            now?.Count ?? 0,
            positionThen is null || position is null ? null : positionThen != position
        );

    private static string Name(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
