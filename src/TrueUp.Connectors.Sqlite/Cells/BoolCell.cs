using System.Buffers;
using SQLitePCL;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>True and false, stored as the integers 1 and 0.</summary>
internal sealed class BoolCell : Cell
{
    public override CellOutcome Read(sqlite3_stmt statement, int column, int storage, IBufferWriter<byte> send)
    {
        var value = storage == raw.SQLITE_INTEGER ? raw.sqlite3_column_int64(statement, column) : -1;
        if (value is not (0 or 1))
        {
            return CellOutcome.NotAValue;
        }
        send.GetSpan(1)[0] = (byte)value;
        send.Advance(1);
        return CellOutcome.Written;
    }

    public override bool TryBind(sqlite3_stmt statement, int parameter, ReadOnlySpan<byte> send) =>
        raw.sqlite3_bind_int64(statement, parameter, send[0]) == raw.SQLITE_OK;
}
