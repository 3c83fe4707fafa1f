using System.Buffers;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>True and false, stored as the integers 1 and 0.</summary>
internal sealed class BoolCell : Cell
{
    public override CellOutcome Read(Statement statement, int column, int storage, IBufferWriter<byte> send)
    {
        var value = storage == raw.SQLITE_INTEGER ? statement.Int64(column) : -1;
        if (value is not (0 or 1))
        {
            return CellOutcome.NotAValue;
        }
        send.GetSpan(1)[0] = (byte)value;
        send.Advance(1);
        return CellOutcome.Written;
    }

    public override bool TryBind(Statement statement, int parameter, ReadOnlySpan<byte> send) =>
        statement.TryBind(parameter, send[0]);
}
