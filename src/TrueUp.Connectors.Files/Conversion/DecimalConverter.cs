using System.Buffers;
using TrueUp.Connectors.Files.Inference;
using TrueUp.Connectors.Files.Records;
using TrueUp.Rows;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>Exact decimals. Undeclared, the display text of the value must be the text.</summary>
internal sealed class DecimalConverter(LogicalType carrier, bool isDeclared) : FieldConverter
{
    private readonly ArrayBufferWriter<byte> _display = new(64);
    private readonly ArrayBufferWriter<byte> _send = new(64);
    private readonly TypeCodec _codec = TypeCodec.For(carrier);

    public override string Expected => carrier.ToString();

    public override bool TryWrite(ReadOnlySpan<byte> text, FieldForm form, RowBatchBuilder builder)
    {
        if (isDeclared)
        {
            text = text.Trim(" \t"u8);
        }
        if (isDeclared || form == FieldForm.Typed || PlainNumber.IsDecimal(text))
        {
            builder.BeginField();
            if (!_codec.TryParse(text, builder))
            {
                return false;
            }
            builder.EndField();
            return true;
        }
        _send.ResetWrittenCount();
        _display.ResetWrittenCount();
        if (!_codec.TryParse(text, _send))
        {
            return false;
        }
        _codec.Format(_send.WrittenSpan, _display);
        if (!_display.WrittenSpan.SequenceEqual(text))
        {
            return false;
        }
        builder.WriteField(_send.WrittenSpan);
        return true;
    }
}
