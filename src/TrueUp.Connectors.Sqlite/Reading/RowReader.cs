using SQLitePCL;
using TrueUp.Connectors.Sqlite.Cells;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>Reads the rows of a statement into transport form, column by column. For one reading at a time.</summary>
internal sealed class RowReader(RowPlan plan, Cell[] cells)
{
    /// <summary>By column of the plan.</summary>
    public IReadOnlyList<Cell> Cells => cells;

    /// <summary>
    /// The first column of the last row whose value could not be carried, or -1. It was read as null.
    /// </summary>
    public int Fault { get; private set; }

    /// <summary>Whether the last row is longer than the plan allows.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Whether the last row could be carried as it is.</summary>
    public bool IsExact => Fault < 0 && !IsTooLarge;

    /// <summary>Writes the statement's row to a builder and leaves it open: the caller ends or cancels it.</summary>
    public void Read(Statement statement, RowBatchBuilder row)
    {
        Fault = -1;
        IsTooLarge = false;
        row.BeginRow();
        for (var i = 0; i < cells.Length; i++)
        {
            var storage = statement.Storage(i);
            if (storage == raw.SQLITE_NULL)
            {
                row.WriteNull();
                continue;
            }
            row.BeginField();
            var outcome = cells[i].Read(statement, i, storage, row);
            if (outcome == CellOutcome.Written)
            {
                row.EndField();
                continue;
            }
            row.CancelField();
            row.WriteNull();
            IsTooLarge |= outcome == CellOutcome.TooLarge;
            Fault = Fault < 0 ? i : Fault;
        }
        IsTooLarge |= row.RowLength > plan.RowBytesMax;
    }
}
