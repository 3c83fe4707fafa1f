using TrueUp.Connectors.Files.Records;
using TrueUp.Rows;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>Whole numbers. The usual short ones take a path without calls; everything else goes through the
/// codec.</summary>
internal sealed class IntegerConverter(LogicalType carrier, bool isDeclared) : FieldConverter
{
    private readonly TypeCodec _codec = TypeCodec.For(carrier);
    private readonly int _size = carrier.Kind switch
    {
        LogicalKind.Int16 => 2,
        LogicalKind.Int32 => 4,
        _ => 8,
    };
    private readonly long _max = carrier.Kind switch
    {
        LogicalKind.Int16 => short.MaxValue,
        LogicalKind.Int32 => int.MaxValue,
        _ => long.MaxValue,
    };

    public override string Expected => carrier.ToString();

    public override bool TryWrite(ReadOnlySpan<byte> text, FieldForm form, RowBatchBuilder builder)
    {
        if (!TryShort(text, out var value))
        {
            return TrySlowly(text, form, builder);
        }
        if (value > _max || value < -_max - 1)
        {
            return false;
        }
        builder.WriteInteger(value, _size);
        return true;
    }

    // Up to 18 digits, written as we would write them.
    private static bool TryShort(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var isNegative = text.Length > 1 && text[0] == '-';
        var digits = isNegative ? text[1..] : text;
        if (digits.Length is 0 or > 18 || (digits[0] == '0' && text.Length > 1))
        {
            return false;
        }
        foreach (var digit in digits)
        {
            var number = digit - '0';
            if ((uint)number > 9)
            {
                return false;
            }
            value = (value * 10) + number;
        }
        value = isNegative ? -value : value;
        return true;
    }

    private bool TrySlowly(ReadOnlySpan<byte> text, FieldForm form, RowBatchBuilder builder)
    {
        if (isDeclared)
        {
            text = text.Trim(" \t"u8);
        }
        else if (
            form != FieldForm.Typed
            && (text.Length < 19 || text[0] is (byte)'0' or (byte)'+' || text.StartsWith("-0"u8))
        )
        {
            return false;
        }
        builder.BeginField();
        if (!_codec.TryParse(text, builder))
        {
            return false;
        }
        builder.EndField();
        return true;
    }
}
