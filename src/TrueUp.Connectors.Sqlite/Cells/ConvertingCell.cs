using System.Buffers;
using SQLitePCL;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>
/// A source column given in another carrier than its own type, by way of the display text: an integer as a decimal,
/// anything as
/// text.
/// </summary>
/// <param name="own">Reads the column in its own type.</param>
/// <param name="ownType">That type.</param>
/// <param name="carrier">What is wanted.</param>
internal sealed class ConvertingCell(Cell own, LogicalType ownType, LogicalType carrier) : Cell
{
    private readonly TypeCodec _from = TypeCodec.For(ownType);
    private readonly TypeCodec _to = TypeCodec.For(carrier);
    private readonly ArrayBufferWriter<byte> _text = new(64);
    private readonly ArrayBufferWriter<byte> _send = new(64);

    public override CellOutcome Read(sqlite3_stmt statement, int column, int storage, IBufferWriter<byte> send)
    {
        _send.ResetWrittenCount();
        var outcome = own.Read(statement, column, storage, _send);
        if (outcome != CellOutcome.Written)
        {
            return outcome;
        }
        _text.ResetWrittenCount();
        _from.Format(_send.WrittenSpan, _text);
        return _to.TryParse(_text.WrittenSpan, send) ? CellOutcome.Written : CellOutcome.NotAValue;
    }

    public override bool TryBind(sqlite3_stmt statement, int parameter, ReadOnlySpan<byte> send)
    {
        _text.ResetWrittenCount();
        _to.Canonical(send, _text);
        _send.ResetWrittenCount();
        return _from.TryParse(_text.WrittenSpan, _send) && own.TryBind(statement, parameter, _send.WrittenSpan);
    }
}
