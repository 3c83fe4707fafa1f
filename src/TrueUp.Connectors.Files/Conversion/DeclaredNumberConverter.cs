using System.Buffers;
using TrueUp.Connectors.Files.Records;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>Numbers in a notation the user declared, or rounded as the user allowed.</summary>
internal sealed class DeclaredNumberConverter(PlannedColumn column) : FieldConverter
{
    private const int TextBytesMax = 512;

    private static readonly TypeCodec Decimals = TypeCodec.For(LogicalType.Decimal);

    private readonly TypeCodec _codec = TypeCodec.For(column.Carrier);
    private readonly NumberNotation? _notation = column.Format is { } format ? new NumberNotation(format) : null;
    private readonly ArrayBufferWriter<byte> _send = new(64);
    private readonly ArrayBufferWriter<byte> _plain = new(64);

    public override string Expected =>
        column.Format is { } format ? $"{column.Carrier} in the notation {format}" : column.Carrier.ToString();

    public override bool TryWrite(ReadOnlySpan<byte> text, FieldForm form, RowBatchBuilder builder)
    {
        Span<byte> plain = stackalloc byte[TextBytesMax];
        scoped ReadOnlySpan<byte> number = text.Trim(" \t"u8);
        if (number.Length > TextBytesMax)
        {
            return false;
        }
        if (_notation is not null && form != FieldForm.Typed)
        {
            if (!_notation.TryNormalize(number, plain, out var length))
            {
                return false;
            }
            number = plain[..length];
        }
        builder.BeginField();
        if (!(column.Round is { } scale ? TryRounded(number, scale, builder) : _codec.TryParse(number, builder)))
        {
            return false;
        }
        builder.EndField();
        return true;
    }

    private bool TryRounded(ReadOnlySpan<byte> text, int scale, RowBatchBuilder builder)
    {
        _send.ResetWrittenCount();
        _plain.ResetWrittenCount();
        if (!Decimals.TryParse(text, _send))
        {
            return false;
        }
        // The display text has no exponent, whatever the source wrote.
        Decimals.Format(_send.WrittenSpan, _plain);
        var rounded = ArrayPool<byte>.Shared.Rent(_plain.WrittenCount + 1);
        var length = DecimalRounding.Round(_plain.WrittenSpan, scale, rounded);
        var isValue = _codec.TryParse(rounded.AsSpan(0, length), builder);
        ArrayPool<byte>.Shared.Return(rounded);
        return isValue;
    }
}
