using System.Globalization;
using TrueUp.Digests;
using TrueUp.Pipelines;
using TrueUp.Runs;

namespace TrueUp.Proofs.Receipts;

/// <summary>Makes the body of a receipt from a run's outcome.</summary>
public static class ReceiptBuilder
{
    private const int PartsMax = 64;

    /// <param name="pipeline">What ran.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="attachmentHash">See <see cref="ReceiptBody.Attachment"/>.</param>
    /// <param name="sequence">See <see cref="ReceiptBody.Sequence"/>.</param>
    /// <param name="previous">See <see cref="ReceiptBody.Previous"/>.</param>
    /// <param name="rotations">See <see cref="ReceiptBody.Rotations"/>.</param>
    public static ReceiptBody Build(
        PipelineDefinition pipeline,
        RunOutcome outcome,
        string? attachmentHash,
        long sequence,
        string? previous,
        IReadOnlyList<KeyRotation>? rotations = null
    )
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(outcome);
        return new ReceiptBody
        {
            EngineVersion = typeof(ReceiptBuilder).Assembly.GetName().Version?.ToString(3) ?? "0",
            RunId = outcome.RunId,
            Pipeline = pipeline.Name,
            PipelineHash = pipeline.FileHash,
            Kind = outcome switch
            {
                { UndoneRun: not null } => "undo",
                { VerifyOnly: true } => "verify",
                _ => "run",
            },
            UndoneRun = outcome.UndoneRun,
            OnlyUnits = outcome.OnlyUnits is { Count: > 0 } only ? only : null,
            Mode = Lower(pipeline.Mode),
            Status = Lower(outcome.Status),
            Verdict = Lower(outcome.Verification.Verdict),
            SelfTest = outcome.SelfTest is { } test
                ? new ReceiptSelfTest(test.Passed, test.Kinds, test.Detected)
                : null,
            Error = outcome.Error?.Code,
            StartedAt = outcome.StartedAt,
            FinishedAt = outcome.FinishedAt,
            Coverage = Coverage(outcome.Verification),
            Units = [.. outcome.Units.Select(Unit)],
            Attachment = attachmentHash,
            Sequence = sequence,
            Previous = previous,
            Rotations = rotations ?? [],
        };
    }

    private static ReceiptCoverage Coverage(Verification verification)
    {
        var different = verification.Differences.Gaps.Total + verification.Differences.Drift.Total;
        return new ReceiptCoverage(verification.SourceDigest.Count - different, 0, verification.Unproven + different);
    }

    private static ReceiptUnit Unit(UnitOutcome unit) =>
        new()
        {
            Unit = unit.Unit,
            Verdict = Lower(unit.Verification.Verdict),
            SourcePosition = unit.Verification.SourcePosition,
            TargetPosition = unit.Verification.TargetPosition,
            Seed = unit.Verification.Seed.ToString(CultureInfo.InvariantCulture),
            Source = unit.Verification.SourceDigest.ToString(),
            Target = unit.Verification.TargetDigest.ToString(),
            Parts = Fold(unit.Verification.Parts),
            Counts = unit.Counts,
            Gaps = unit.Verification.Differences.Gaps.Total,
            Drift = unit.Verification.Differences.Drift.Total,
            Extra = unit.Verification.Differences.Extra.Total,
            Repaired = unit.Verification.Repaired.Total,
        };

    private static List<string> Fold(IReadOnlyList<SetDigest> parts)
    {
        var size = Math.Max(1, (parts.Count + PartsMax - 1) / PartsMax);
        return
        [
            .. parts
                .Chunk(size)
                .Select(chunk => chunk.Aggregate(default(SetDigest), (sum, part) => sum + part).ToString()),
        ];
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
