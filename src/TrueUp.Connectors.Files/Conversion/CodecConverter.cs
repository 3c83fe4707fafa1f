using TrueUp.Connectors.Files.Records;
using TrueUp.Rows;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>
/// Values of every type that has no quicker way. Where the user declared the type, every notation its codec reads is a
/// value. Where not, only notations that differ in nothing but form are: ISO dates with a T or an offset, a uuid in
/// capitals.
/// </summary>
internal sealed class CodecConverter(LogicalType carrier, bool isDeclared) : FieldConverter
{
    private readonly TypeCodec _codec = TypeCodec.For(carrier);

    public override string Expected => carrier.ToString();

    public override bool TryWrite(ReadOnlySpan<byte> text, FieldForm form, RowBatchBuilder builder)
    {
        if (isDeclared)
        {
            text = text.Trim(" \t"u8);
        }
        else if (carrier.Kind == LogicalKind.Bool && !IsUnmistakable(text))
        {
            return false;
        }
        builder.BeginField();
        if (!_codec.TryParse(text, builder) && !TryOtherForm(text, form, builder))
        {
            return false;
        }
        builder.EndField();
        return true;
    }

    // 1 and 0, yes and no are texts of their own as long as nobody says they mean true and false.
    private static bool IsUnmistakable(ReadOnlySpan<byte> text) =>
        text.Length is 1 or 4 or 5 && text[0] is not ((byte)'0' or (byte)'1');

    // A day is its midnight; and midnight of a day, in a cell that has a type, is the day.
    private bool TryOtherForm(ReadOnlySpan<byte> text, FieldForm form, RowBatchBuilder builder)
    {
        builder.CancelField();
        builder.BeginField();
        if (carrier.Kind == LogicalKind.Timestamp && text.Length == 10)
        {
            Span<byte> midnight = stackalloc byte[19];
            text.CopyTo(midnight);
            " 00:00:00"u8.CopyTo(midnight[10..]);
            return _codec.TryParse(midnight, builder);
        }
        return carrier.Kind == LogicalKind.Date
            && form == FieldForm.Typed
            && text.Length == 19
            && text.EndsWith(" 00:00:00"u8)
            && _codec.TryParse(text[..10], builder);
    }
}
