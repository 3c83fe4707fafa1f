using System.Buffers;
using TrueUp.Connectors.Sqlite.Connections;
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
    private readonly ArrayBufferWriter<byte> _canonical = new(64);
    private readonly ArrayBufferWriter<byte> _text = new(64);
    private readonly ArrayBufferWriter<byte> _send = new(64);

    public override CellOutcome Read(Statement statement, int column, int storage, IBufferWriter<byte> send)
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

    public override bool TryBind(Statement statement, int parameter, ReadOnlySpan<byte> send)
    {
        _canonical.ResetWrittenCount();
        _to.Canonical(send, _canonical);
        _send.ResetWrittenCount();
        // The text 07 is no integer's display text, so no row has it.
        return _from.TryParse(_canonical.WrittenSpan, _send)
            && IsGivenBack(_send.WrittenSpan)
            && own.TryBind(statement, parameter, _send.WrittenSpan);
    }

    private bool IsGivenBack(ReadOnlySpan<byte> ownSend)
    {
        _text.ResetWrittenCount();
        _from.Format(ownSend, _text);
        var back = new ArrayBufferWriter<byte>(64);
        if (!_to.TryParse(_text.WrittenSpan, back))
        {
            return false;
        }
        _text.ResetWrittenCount();
        _to.Canonical(back.WrittenSpan, _text);
        return _text.WrittenSpan.SequenceEqual(_canonical.WrittenSpan);
    }
}
