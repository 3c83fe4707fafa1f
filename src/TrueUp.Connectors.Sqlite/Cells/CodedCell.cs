using System.Buffers;
using SQLitePCL;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>
/// Values of a type SQLite lacks, stored as their display text: decimals, dates, times, instants, intervals, uuids.
/// A decimal is stored by its canonical text where it is a key, so that 1.5 finds what 1.50 wrote.
/// </summary>
internal sealed class CodedCell(TypeCodec codec, bool isKey, bool isUtf8) : Cell
{
    private readonly ArrayBufferWriter<byte> _text = new(64);

    public override bool IsText => true;

    public override CellOutcome Read(sqlite3_stmt statement, int column, int storage, IBufferWriter<byte> send)
    {
        if (storage != raw.SQLITE_TEXT)
        {
            return CellOutcome.NotAValue;
        }
        return codec.TryParse(TextCell.Bytes(statement, column, isUtf8), send)
            ? CellOutcome.Written
            : CellOutcome.NotAValue;
    }

    public override bool TryBind(sqlite3_stmt statement, int parameter, ReadOnlySpan<byte> send)
    {
        _text.ResetWrittenCount();
        if (isKey && codec.Type.Kind == LogicalKind.Decimal)
        {
            codec.Canonical(send, _text);
        }
        else
        {
            codec.Format(send, _text);
        }
        return raw.sqlite3_bind_text(statement, parameter, _text.WrittenSpan) == raw.SQLITE_OK;
    }
}
