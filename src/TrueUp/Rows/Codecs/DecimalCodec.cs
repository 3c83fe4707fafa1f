using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TrueUp.Rows.Codecs;

/// <summary>
/// Exact decimals of any length in the form of PostgreSQL's numeric_send: int16 count of base-10000 digits, weight of
/// the first, sign and display scale, then the digits (src/backend/utils/adt/numeric.c describes the form). The
/// display text keeps trailing zeros, the canonical text drops them.
/// </summary>
internal sealed class DecimalCodec(LogicalType type) : TypeCodec(type)
{
    private const ushort Negative = 0x4000,
        NaN = 0xC000,
        PositiveInfinity = 0xD000,
        NegativeInfinity = 0xF000;
    private const int IntegerDigitsMax = 131_072,
        ScaleMax = 16_383;

    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        if (TrySpecial(text, send))
        {
            return true;
        }
        if (
            !DecimalText.TryRead(text, out var number)
            || number.IntegerDigits > IntegerDigitsMax
            || number.Scale > ScaleMax
        )
        {
            return false;
        }
        if (Type.Scale is { } scale && number.SignificantScale > scale)
        {
            return false;
        }
        if (Type.Precision is { } precision && number.Magnitude > precision - (Type.Scale ?? 0))
        {
            return false;
        }
        Write(number, send);
        return true;
    }

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => Print(send, text, trim: false);

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => Print(send, text, trim: true);

    private static bool TrySpecial(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        var sign =
            Ascii.EqualsIgnoreCase(text, "nan"u8) ? NaN
            : Ascii.EqualsIgnoreCase(text, "infinity"u8) ? PositiveInfinity
            : Ascii.EqualsIgnoreCase(text, "-infinity"u8) ? NegativeInfinity
            : (ushort)0;
        if (sign == 0)
        {
            return false;
        }
        var span = send.GetSpan(8);
        span[..8].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(span[4..], sign);
        // A bit of the server's own form of an infinity shows through in its display scale.
        BinaryPrimitives.WriteUInt16BigEndian(span[6..], sign == NaN ? (ushort)0 : (ushort)0x20);
        send.Advance(8);
        return true;
    }

    private static void Write(DecimalText number, IBufferWriter<byte> send)
    {
        // Digit groups of four are aligned at the decimal point.
        var first = (number.IntegerDigits + 3) / 4;
        var last = (number.Scale + 3) / 4;
        int from = first,
            count = 0;
        for (var group = -first; group < last; group++)
        {
            if (number.Group(group) != 0)
            {
                from = count == 0 ? -group : from;
                count = group + from + 1;
            }
        }
        var span = send.GetSpan(8 + (2 * count));
        BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)count);
        BinaryPrimitives.WriteInt16BigEndian(span[2..], (short)(count == 0 ? 0 : from - 1));
        BinaryPrimitives.WriteUInt16BigEndian(span[4..], number.IsNegative && count > 0 ? Negative : (ushort)0);
        BinaryPrimitives.WriteInt16BigEndian(span[6..], (short)number.Scale);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(span[(8 + (2 * i))..], number.Group(i - from));
        }
        send.Advance(8 + (2 * count));
    }

    private static void Print(ReadOnlySpan<byte> send, IBufferWriter<byte> text, bool trim)
    {
        var sign = BinaryPrimitives.ReadUInt16BigEndian(send[4..]);
        if (sign is NaN or PositiveInfinity or NegativeInfinity)
        {
            text.Write(
                sign == NaN ? "NaN"u8
                : sign == PositiveInfinity ? "Infinity"u8
                : "-Infinity"u8
            );
            return;
        }
        int count = BinaryPrimitives.ReadUInt16BigEndian(send);
        int weight = BinaryPrimitives.ReadInt16BigEndian(send[2..]);
        int scale = BinaryPrimitives.ReadInt16BigEndian(send[6..]);
        var groups = send[8..];
        var start = Math.Max(weight, 0);
        var span = text.GetSpan(2 + (4 * (start + 1)) + scale + 4);
        var length = 0;
        if (sign == Negative)
        {
            span[length++] = (byte)'-';
        }
        var digitsFrom = length;
        for (var w = start; w >= 0; w--)
        {
            var first = length == digitsFrom;
            length += PutGroup(span[length..], GroupAt(groups, count, weight, w), first && w > 0, first && w == 0);
        }
        if (scale > 0)
        {
            span[length++] = (byte)'.';
            var fraction = length;
            for (var w = -1; length - fraction < scale; w--)
            {
                PutFour(span[length..], GroupAt(groups, count, weight, w));
                length += 4;
            }
            length = fraction + scale;
            length = trim ? Trimmed(span[..length], fraction) : length;
        }
        text.Advance(length);
    }

    private static int Trimmed(ReadOnlySpan<byte> span, int fraction)
    {
        var length = span.Length;
        while (length > fraction && span[length - 1] == '0')
        {
            length--;
        }
        return length == fraction ? fraction - 1 : length;
    }

    private static int GroupAt(ReadOnlySpan<byte> groups, int count, int weight, int w)
    {
        var index = weight - w;
        return index < 0 || index >= count ? 0 : BinaryPrimitives.ReadInt16BigEndian(groups[(2 * index)..]);
    }

    // The first group is written without leading zeros; a zero group ahead of the first digit is not written at all.
    private static int PutGroup(Span<byte> span, int group, bool leading, bool only)
    {
        if (!leading && !only)
        {
            PutFour(span, group);
            return 4;
        }
        if (group == 0 && leading)
        {
            return 0;
        }
        group.TryFormat(span, out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        return written;
    }

    private static void PutFour(Span<byte> span, int group)
    {
        span[3] = (byte)('0' + (group % 10));
        span[2] = (byte)('0' + (group / 10 % 10));
        span[1] = (byte)('0' + (group / 100 % 10));
        span[0] = (byte)('0' + (group / 1000));
    }
}
