using System.Buffers;
using System.Text.Unicode;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>Text, stored as TEXT. Lengths are always given, so a NUL character is one like any other.</summary>
/// <param name="bytesMax">The longest value that is read.</param>
/// <param name="isUtf8">Whether the database stores UTF-8 (or UTF-16).</param>
internal sealed class TextCell(int bytesMax, bool isUtf8) : Cell
{
    public override bool IsText => true;

    public override CellOutcome Read(Statement statement, int column, int storage, IBufferWriter<byte> send)
    {
        if (storage != raw.SQLITE_TEXT)
        {
            return CellOutcome.NotAValue;
        }
        var text = Bytes(statement, column, isUtf8);
        if (text.Length > bytesMax)
        {
            return CellOutcome.TooLarge;
        }
        if (!Utf8.IsValid(text))
        {
            return CellOutcome.NotAValue;
        }
        send.Write(text);
        return CellOutcome.Written;
    }

    public override bool TryBind(Statement statement, int parameter, ReadOnlySpan<byte> send) =>
        statement.TryBindText(parameter, send);

    /// <summary>The bytes of a text.</summary>
    /// <param name="statement">Stands on a row.</param>
    /// <param name="column">A column of class text.</param>
    /// <param name="isUtf8">Whether the database stores UTF-8.</param>
    public static ReadOnlySpan<byte> Bytes(Statement statement, int column, bool isUtf8)
    {
        if (!isUtf8)
        {
            // Asking for the length converts the value to UTF-8 in place. Without it UTF-16 would be handed out.
            _ = statement.Length(column);
        }
        return statement.Bytes(column);
    }
}
