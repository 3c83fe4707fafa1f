using TrueUp.Audit;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>What undoing one unit has to remember about single rows.</summary>
internal sealed class UndoLedger(string unit, RowPlan plan, IRunAudit audit)
{
    /// <summary>Keys of changes that were tried and not made.</summary>
    public KeySet Left { get; } = new();

    public KeyList<UndoConflict> Conflicts { get; } = new();

    /// <summary>Rows that were as before the run already.</summary>
    public long AlreadyBack { get; set; }

    /// <summary>Notes a row that is not what the run left, before anything was tried.</summary>
    public void Conflict(ReadOnlySpan<byte> row, string reason)
    {
        using var keys = new KeyWriter(plan);
        var key = KeyText.Of(plan.KeySchema, keys.KeyOf(row));
        Conflicts.Add(new UndoConflict(unit, key, reason));
        audit.Record(unit, RecordOperation.Skip, key, $"conflict: {reason}");
    }

    /// <summary>Notes a change that was tried and not made; the audit knows already.</summary>
    public void NotApplied(ChangeBatch batch, int row, string reason)
    {
        using var keys = new KeyWriter(plan);
        var key = keys.KeyOf(batch.Rows.Row(row));
        Left.Add(key);
        Conflicts.Add(new UndoConflict(unit, KeyText.Of(plan.KeySchema, key), reason));
    }
}
