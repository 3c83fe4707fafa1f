using System.Buffers;
using System.Buffers.Binary;

namespace TrueUp.Rows.Codecs;

internal static class TimestampText
{
    private const long FirstMicrosecond = Calendar.FirstDay * Calendar.MicrosecondsPerDay;
    private const long LastMicrosecond = ((Calendar.LastTimestampDay + 1L) * Calendar.MicrosecondsPerDay) - 1;

    /// <param name="text">The text, with or without an offset.</param>
    /// <param name="microseconds">Microseconds since 2000-01-01 in the text's own zone; the extremes are the
    /// infinities.</param>
    /// <param name="offset">Minutes east of UTC, or null when the text has none.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long microseconds, out int? offset)
    {
        offset = null;
        if (Infinity.TryParse(text, out var sign))
        {
            microseconds = sign > 0 ? long.MaxValue : long.MinValue;
            return true;
        }
        microseconds = 0;
        if (
            !DayText.TryParse(text, out var days, out var rest)
            || rest.IsEmpty
            || rest[0] is not ((byte)' ' or (byte)'T')
        )
        {
            return false;
        }
        rest = rest[1..];
        if (
            days is < Calendar.FirstDay - 1 or > Calendar.LastTimestampDay + 1
            || !Calendar.TryReadTime(ref rest, out var time)
            || !TryReadOffset(rest, out offset)
        )
        {
            return false;
        }
        microseconds = (days * Calendar.MicrosecondsPerDay) + time;
        return true;
    }

    /// <summary>Writes a moment in UTC; false when it is neither an infinity nor in the range of PostgreSQL.</summary>
    public static bool Write(long microseconds, IBufferWriter<byte> send)
    {
        if (
            microseconds is not (long.MinValue or long.MaxValue)
            && microseconds is < FirstMicrosecond or > LastMicrosecond
        )
        {
            return false;
        }
        BinaryPrimitives.WriteInt64BigEndian(send.GetSpan(8), microseconds);
        send.Advance(8);
        return true;
    }

    public static void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text, ReadOnlySpan<byte> zone)
    {
        var microseconds = BinaryPrimitives.ReadInt64BigEndian(send);
        if (microseconds is long.MaxValue or long.MinValue)
        {
            Infinity.Write(microseconds, text);
            return;
        }
        var days = Math.DivRem(microseconds, Calendar.MicrosecondsPerDay, out var time);
        if (time < 0)
        {
            days--;
            time += Calendar.MicrosecondsPerDay;
        }
        Calendar.WriteDate(days, text);
        text.Write(" "u8);
        Calendar.WriteTime(time, text);
        text.Write(zone);
        if (Calendar.IsBeforeChrist(days))
        {
            text.Write(" BC"u8);
        }
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int? minutes)
    {
        minutes = null;
        if (text.IsEmpty)
        {
            return true;
        }
        if (text is [(byte)'Z'])
        {
            minutes = 0;
            return true;
        }
        if (
            text[0] is not ((byte)'+' or (byte)'-')
            || text.Length is not (3 or 5 or 6)
            || !Calendar.TryDigits(text.Slice(1, 2), out var hour)
        )
        {
            return false;
        }
        var minute = 0;
        if (text.Length > 3 && (!Calendar.TryDigits(text[^2..], out minute) || (text.Length == 6 && text[3] != ':')))
        {
            return false;
        }
        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return hour <= 15 && minute <= 59;
    }
}
