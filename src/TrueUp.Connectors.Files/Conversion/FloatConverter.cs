using System.Buffers;
using TrueUp.Connectors.Files.Inference;
using TrueUp.Connectors.Files.Records;
using TrueUp.Rows;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>
/// Binary floating point. Undeclared, the float must display the very number that the text has (12.50 and 12.5 are one
/// number): a text with more digits than a float holds is refused, not rounded.
/// </summary>
internal sealed class FloatConverter(LogicalType carrier, bool isDeclared) : FieldConverter
{
    private static readonly TypeCodec Decimals = TypeCodec.For(LogicalType.Decimal);

    private readonly TypeCodec _codec = TypeCodec.For(carrier);
    private readonly int _safeDigits = carrier.Kind == LogicalKind.Float32 ? 6 : 15;
    private readonly ArrayBufferWriter<byte> _display = new(64);
    private readonly ArrayBufferWriter<byte> _number = new(64);
    private readonly ArrayBufferWriter<byte> _left = new(64);
    private readonly ArrayBufferWriter<byte> _right = new(64);

    public override string Expected => carrier.ToString();

    public override bool TryWrite(ReadOnlySpan<byte> text, FieldForm form, RowBatchBuilder builder)
    {
        if (isDeclared)
        {
            text = text.Trim(" \t"u8);
        }
        _number.ResetWrittenCount();
        if (!_codec.TryParse(text, _number) || !(isDeclared || IsExact(text, form)))
        {
            return false;
        }
        builder.WriteField(_number.WrittenSpan);
        return true;
    }

    private bool IsExact(ReadOnlySpan<byte> text, FieldForm form)
    {
        // Any decimal of so few digits comes back from its nearest float; a typed cell was a double to begin with.
        if (
            (form == FieldForm.Typed && carrier.Kind == LogicalKind.Float64)
            || (text.Length <= _safeDigits && PlainNumber.IsDecimal(text))
        )
        {
            return true;
        }
        if (text[0] is (byte)'+' || (text.Length > 1 && text[0] == '0' && text[1] is >= (byte)'0' and <= (byte)'9'))
        {
            return false;
        }
        _display.ResetWrittenCount();
        _codec.Format(_number.WrittenSpan, _display);
        return _display.WrittenSpan.SequenceEqual(text)
            || (
                TryCanonical(text, _left)
                && TryCanonical(_display.WrittenSpan, _right)
                && _left.WrittenSpan.SequenceEqual(_right.WrittenSpan)
            );
    }

    private static bool TryCanonical(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> canonical)
    {
        var send = new ArrayBufferWriter<byte>(64);
        canonical.ResetWrittenCount();
        if (!Decimals.TryParse(text, send))
        {
            return false;
        }
        Decimals.Canonical(send.WrittenSpan, canonical);
        return true;
    }
}
