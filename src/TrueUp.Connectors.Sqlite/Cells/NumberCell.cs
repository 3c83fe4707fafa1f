using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>
/// Decimals of at most 15 digits in a column of numeric or real affinity, stored as REAL or INTEGER. A 64-bit float
/// tells all
/// decimals of 15 digits apart and its shortest digits are theirs again; beyond that it does not, and such a column is
/// refused.
/// </summary>
internal sealed class NumberCell(TypeCodec codec) : Cell
{
    /// <summary>Digits a 64-bit float keeps of every decimal.</summary>
    public const int DigitsMax = 15;

    private readonly ArrayBufferWriter<byte> _text = new(32);

    public override CellOutcome Read(Statement statement, int column, int storage, IBufferWriter<byte> send)
    {
        Span<byte> text = stackalloc byte[32];
        int length;
        switch (storage)
        {
            case raw.SQLITE_INTEGER:
                statement.Int64(column).TryFormat(text, out length, default, CultureInfo.InvariantCulture);
                break;
            case raw.SQLITE_FLOAT:
                statement.Double(column).TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
                break;
            default:
                return CellOutcome.NotAValue;
        }
        return codec.TryParse(text[..length], send) ? CellOutcome.Written : CellOutcome.NotAValue;
    }

    public override bool TryBind(Statement statement, int parameter, ReadOnlySpan<byte> send)
    {
        _text.ResetWrittenCount();
        codec.Format(send, _text);
        return double.TryParse(_text.WrittenSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            && statement.TryBind(parameter, value);
    }
}
