using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace TrueUp.Rows.Codecs;

/// <summary>
/// Months, days and microseconds, none converted into another (a month has no fixed number of days). The display text
/// is ISO 8601 with exactly these parts: <c>P14M3DT4.5S</c>; years, weeks, hours and minutes are read as well.
/// </summary>
internal sealed class IntervalCodec(LogicalType type) : TypeCodec(type)
{
    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        if (text.Length < 3 || text[0] != 'P')
        {
            return false;
        }
        text = text[1..];
        Int128 months = 0,
            days = 0,
            microseconds = 0;
        var time = false;
        while (!text.IsEmpty)
        {
            if (text[0] == 'T' && !time)
            {
                time = true;
                text = text[1..];
                if (text.IsEmpty)
                {
                    return false;
                }
            }
            var end = text.IndexOfAnyInRange((byte)'A', (byte)'Z');
            if (end <= 0 || !TryNumber(text[..end], out var millionths))
            {
                return false;
            }
            var unit = text[end];
            text = text[(end + 1)..];
            var whole = millionths / 1_000_000;
            if (!(time && unit == 'S') && whole * 1_000_000 != millionths)
            {
                return false;
            }
            switch (time, (char)unit)
            {
                case (false, 'Y'):
                    months += whole * 12;
                    break;
                case (false, 'M'):
                    months += whole;
                    break;
                case (false, 'W'):
                    days += whole * 7;
                    break;
                case (false, 'D'):
                    days += whole;
                    break;
                case (true, 'H'):
                    microseconds += millionths * 3600;
                    break;
                case (true, 'M'):
                    microseconds += millionths * 60;
                    break;
                case (true, 'S'):
                    microseconds += millionths;
                    break;
                default:
                    return false;
            }
        }
        return Write(months, days, microseconds, send);
    }

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text)
    {
        var microseconds = BinaryPrimitives.ReadInt64BigEndian(send);
        var days = BinaryPrimitives.ReadInt32BigEndian(send[8..]);
        var months = BinaryPrimitives.ReadInt32BigEndian(send[12..]);
        text.Write("P"u8);
        if (months != 0)
        {
            Put(months, "M"u8, text);
        }
        if (days != 0)
        {
            Put(days, "D"u8, text);
        }
        if (microseconds != 0 || (months == 0 && days == 0))
        {
            text.Write("T"u8);
            PutSeconds(microseconds, text);
        }
    }

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => Hex.Write(send, text);

    private static bool Write(Int128 months, Int128 days, Int128 microseconds, IBufferWriter<byte> send)
    {
        if (
            months < int.MinValue
            || months > int.MaxValue
            || days < int.MinValue
            || days > int.MaxValue
            || microseconds < long.MinValue
            || microseconds > long.MaxValue
        )
        {
            return false;
        }
        var span = send.GetSpan(16);
        BinaryPrimitives.WriteInt64BigEndian(span, (long)microseconds);
        BinaryPrimitives.WriteInt32BigEndian(span[8..], (int)days);
        BinaryPrimitives.WriteInt32BigEndian(span[12..], (int)months);
        send.Advance(16);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out Int128 millionths)
    {
        millionths = 0;
        if (
            !DecimalText.TryRead(text, out var number)
            || number.SignificantScale > 6
            || number.IntegerDigits > 16
            || text.ContainsAny((byte)'e', (byte)'E')
        )
        {
            return false;
        }
        for (var group = -4; group <= 0; group++)
        {
            millionths = (millionths * 10_000) + number.Group(group);
        }
        millionths = (millionths * 100) + (number.Group(1) / 100);
        millionths = number.IsNegative ? -millionths : millionths;
        return true;
    }

    private static void PutSeconds(long microseconds, IBufferWriter<byte> text)
    {
        if (microseconds < 0)
        {
            text.Write("-"u8);
        }
        var magnitude = microseconds < 0 ? (ulong)-(microseconds + 1) + 1 : (ulong)microseconds;
        var span = text.GetSpan(32);
        (magnitude / 1_000_000).TryFormat(span, out var length, default, CultureInfo.InvariantCulture);
        var fraction = magnitude % 1_000_000;
        if (fraction != 0)
        {
            span[length] = (byte)'.';
            fraction.TryFormat(span[(length + 1)..], out _, "D6", CultureInfo.InvariantCulture);
            length += 7;
            while (span[length - 1] == '0')
            {
                length--;
            }
        }
        span[length++] = (byte)'S';
        text.Advance(length);
    }

    private static void Put(int value, ReadOnlySpan<byte> unit, IBufferWriter<byte> text)
    {
        value.TryFormat(text.GetSpan(12), out var written, default, CultureInfo.InvariantCulture);
        text.Advance(written);
        text.Write(unit);
    }
}
