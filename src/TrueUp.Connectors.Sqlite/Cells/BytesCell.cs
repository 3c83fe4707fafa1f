using System.Buffers;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>Bytes, stored as BLOB.</summary>
/// <param name="bytesMax">The longest value that is read.</param>
internal sealed class BytesCell(int bytesMax) : Cell
{
    public override CellOutcome Read(Statement statement, int column, int storage, IBufferWriter<byte> send)
    {
        if (storage != raw.SQLITE_BLOB)
        {
            return CellOutcome.NotAValue;
        }
        var bytes = statement.Bytes(column);
        if (bytes.Length > bytesMax)
        {
            return CellOutcome.TooLarge;
        }
        send.Write(bytes);
        return CellOutcome.Written;
    }

    public override bool TryBind(Statement statement, int parameter, ReadOnlySpan<byte> send) =>
        statement.TryBindBlob(parameter, send);
}
