using System.Buffers;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>
/// Values of a type SQLite lacks, stored as their display text: decimals, dates, times, instants, intervals, uuids,
/// JSON.
/// A decimal is stored by its canonical text where it is a key, so that 1.5 finds what 1.50 wrote.
/// </summary>
internal sealed class CodedCell(TypeCodec codec, int bytesMax, bool isUtf8) : Cell
{
    private readonly ArrayBufferWriter<byte> _text = new(64);

    /// <summary>Whether the column is a part of the key.</summary>
    public bool IsKey { get; init; }

    /// <summary>
    /// True when the column would turn a text that is a number into one (numeric affinity, as a column declared JSON
    /// has); such a
    /// document does not fit. The other types' texts are no numbers.
    /// </summary>
    public bool IsNumericColumn { get; init; }

    public override bool IsText => true;

    public override CellOutcome Read(Statement statement, int column, int storage, IBufferWriter<byte> send)
    {
        if (storage != raw.SQLITE_TEXT)
        {
            return CellOutcome.NotAValue;
        }
        var text = TextCell.Bytes(statement, column, isUtf8);
        return text.Length > bytesMax ? CellOutcome.TooLarge
            : codec.TryParse(text, send) ? CellOutcome.Written
            : CellOutcome.NotAValue;
    }

    public override bool TryBind(Statement statement, int parameter, ReadOnlySpan<byte> send)
    {
        _text.ResetWrittenCount();
        if (IsKey && codec.Type.Kind == LogicalKind.Decimal)
        {
            codec.Canonical(send, _text);
        }
        else
        {
            codec.Format(send, _text);
        }
        return !(IsNumericColumn && MayBeNumber(_text.WrittenSpan))
            && statement.TryBindText(parameter, _text.WrittenSpan);
    }

    private static bool MayBeNumber(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\n\r\v\f"u8);
        return !text.IsEmpty && text[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.';
    }
}
