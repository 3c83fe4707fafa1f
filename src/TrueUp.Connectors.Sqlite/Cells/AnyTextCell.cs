using System.Buffers;
using System.Globalization;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>
/// A source column of mixed classes read as text: a text as it is, a number by its shortest digits, bytes in
/// hexadecimal behind
/// <c>\x</c>. Only sources use it: on a target the number 5 is not the text 5.
/// </summary>
/// <param name="text">Reads texts.</param>
/// <param name="bytes">The display text of bytes.</param>
internal sealed class AnyTextCell(TextCell text, ConvertingCell bytes) : Cell
{
    public override bool IsText => true;

    public override CellOutcome Read(Statement statement, int column, int storage, IBufferWriter<byte> send)
    {
        Span<byte> digits = stackalloc byte[32];
        int length;
        switch (storage)
        {
            case raw.SQLITE_TEXT:
                return text.Read(statement, column, storage, send);
            case raw.SQLITE_INTEGER:
                statement.Int64(column).TryFormat(digits, out length, default, CultureInfo.InvariantCulture);
                break;
            case raw.SQLITE_FLOAT:
                statement.Double(column).TryFormat(digits, out length, "R", CultureInfo.InvariantCulture);
                break;
            default:
                return bytes.Read(statement, column, storage, send);
        }
        send.Write(digits[..length]);
        return CellOutcome.Written;
    }

    public override bool TryBind(Statement statement, int parameter, ReadOnlySpan<byte> send) =>
        text.TryBind(statement, parameter, send);
}
