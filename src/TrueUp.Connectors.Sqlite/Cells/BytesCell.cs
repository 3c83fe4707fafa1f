using System.Buffers;
using SQLitePCL;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>Bytes, stored as BLOB.</summary>
/// <param name="bytesMax">The longest value that is read.</param>
internal sealed class BytesCell(int bytesMax) : Cell
{
    public override CellOutcome Read(sqlite3_stmt statement, int column, int storage, IBufferWriter<byte> send)
    {
        if (storage != raw.SQLITE_BLOB)
        {
            return CellOutcome.NotAValue;
        }
        var bytes = raw.sqlite3_column_blob(statement, column);
        if (bytes.Length > bytesMax)
        {
            return CellOutcome.TooLarge;
        }
        send.Write(bytes);
        return CellOutcome.Written;
    }

    public override bool TryBind(sqlite3_stmt statement, int parameter, ReadOnlySpan<byte> send) =>
        raw.sqlite3_bind_blob(statement, parameter, send) == raw.SQLITE_OK;
}
