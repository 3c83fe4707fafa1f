using TrueUp.Runs;

namespace TrueUp.Undo;

/// <summary>What an undo did and proved.</summary>
/// <param name="Run">
/// Its own run. Rows that were put back count as updated and created, rows that were left alone as skipped; the
/// verification is about the rows that are as before the undone run.
/// </param>
/// <param name="Counts">What became of the rows.</param>
/// <param name="Conflicts">The rows that were left alone (capped).</param>
public sealed record UndoOutcome(RunOutcome Run, UndoCounts Counts, KeyList<UndoConflict> Conflicts);
