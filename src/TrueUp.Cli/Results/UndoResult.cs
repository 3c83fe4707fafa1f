using TrueUp.Cli.Output;
using TrueUp.Undo;

namespace TrueUp.Cli.Results;

/// <summary>What <c>undo</c> did and proved.</summary>
/// <param name="RunId">The undo's own run; null when there was nothing to do.</param>
/// <param name="UndoneRun">The run that was undone.</param>
/// <param name="Pipeline">Its pipeline.</param>
/// <param name="Status">How the undo ended; null when there was nothing to do.</param>
/// <param name="Verdict">What it proved; null when there was nothing to do.</param>
/// <param name="Counts">What became of the rows.</param>
/// <param name="Conflicts">Rows that were left alone.</param>
/// <param name="ConflictsTotal">How many there are in all.</param>
/// <param name="Receipt">The path of the receipt, or null.</param>
/// <param name="Warnings">What one can live with.</param>
internal sealed record UndoResult(
    string? RunId,
    string UndoneRun,
    string Pipeline,
    string? Status,
    string? Verdict,
    UndoCounts Counts,
    IReadOnlyList<UndoConflict> Conflicts,
    long ConflictsTotal,
    string? Receipt,
    IReadOnlyList<FindingBody> Warnings
)
{
    /// <summary>The JSON form of an outcome.</summary>
    public static UndoResult Of(UndoOutcome outcome) =>
        new(
            outcome.Run.RunId,
            outcome.Run.UndoneRun!,
            outcome.Run.Pipeline,
            outcome.Run.Status.ToString().ToLowerInvariant(),
            outcome.Run.Verification.Verdict.ToString().ToLowerInvariant(),
            outcome.Counts,
            outcome.Conflicts.Shown,
            outcome.Conflicts.Total,
            outcome.Run.Receipt,
            FindingBody.OfAll(outcome.Run.Units.SelectMany(u => u.Warnings))
        );

    /// <summary>A run that changed nothing which could be put back.</summary>
    public static UndoResult Nothing(string run, string pipeline, long created) =>
        new(null, run, pipeline, null, null, new UndoCounts { CreatedLeft = created }, [], 0, null, []);
}
