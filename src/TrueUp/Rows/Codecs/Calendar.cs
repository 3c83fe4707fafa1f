using System.Buffers;
using System.Globalization;

namespace TrueUp.Rows.Codecs;

/// <summary>
/// The proleptic Gregorian calendar over the whole range of PostgreSQL's dates, BC included, which .NET's own types do
/// not reach. Days count from 2000-01-01. Years are astronomical: year 0 is 1 BC.
/// </summary>
internal static class Calendar
{
    public const long MicrosecondsPerDay = 86_400_000_000;

    /// <summary>The first day PostgreSQL knows, 4714-11-24 BC (Julian day 0), and its last date,
    /// 5874897-12-31.</summary>
    public const int FirstDay = -2_451_545,
        LastDay = 2_145_031_948;

    /// <summary>The last day that has timestamps, 294276-12-31.</summary>
    public const int LastTimestampDay = 106_751_982;

    /// <summary>Days from civil date, by shifting the year to begin in March (era of 400 years = 146,097
    /// days).</summary>
    public static long ToDays(long year, int month, int day)
    {
        var y = month <= 2 ? year - 1 : year;
        var era = Math.DivRem(y, 400, out var yearOfEra);
        if (yearOfEra < 0)
        {
            era--;
            yearOfEra += 400;
        }
        var dayOfYear = ((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5 + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 730_425;
    }

    public static (long Year, int Month, int Day) FromDays(long days)
    {
        var z = days + 730_425;
        var era = (z >= 0 ? z : z - 146_096) / 146_097;
        var dayOfEra = z - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shifted = ((5 * dayOfYear) + 2) / 153;
        var day = (int)(dayOfYear - (((153 * shifted) + 2) / 5) + 1);
        var month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    public static int DaysInMonth(long year, int month) =>
        month switch
        {
            4 or 6 or 9 or 11 => 30,
            2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
            _ => 31,
        };

    /// <summary>Reads <c>YYYY-MM-DD</c> from the front of the text; at least four digits of year.</summary>
    public static bool TryReadDate(ref ReadOnlySpan<byte> text, out long year, out int month, out int day)
    {
        (year, month, day) = (0, 0, 0);
        var dash = text.IndexOf((byte)'-');
        if (
            dash is < 4 or > 7
            || text.Length < dash + 6
            || text[dash + 3] != '-'
            || !TryDigits(text[..dash], out var y)
            || !TryDigits(text.Slice(dash + 1, 2), out month)
            || !TryDigits(text.Slice(dash + 4, 2), out day)
        )
        {
            return false;
        }
        year = y;
        text = text[(dash + 6)..];
        return month is >= 1 and <= 12 && day >= 1 && day <= 31;
    }

    /// <summary>Reads <c>HH:MM[:SS[.ffffff]]</c> from the front of the text, as microseconds.</summary>
    public static bool TryReadTime(ref ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (
            text.Length < 5
            || text[2] != ':'
            || !TryDigits(text[..2], out var hour)
            || !TryDigits(text.Slice(3, 2), out var minute)
        )
        {
            return false;
        }
        text = text[5..];
        var second = 0;
        if (text.Length >= 3 && text[0] == ':')
        {
            if (!TryDigits(text.Slice(1, 2), out second))
            {
                return false;
            }
            text = text[3..];
            if (!TryReadFraction(ref text, out microseconds))
            {
                return false;
            }
        }
        microseconds += ((hour * 3600L) + (minute * 60L) + second) * 1_000_000;
        return hour <= 24 && minute <= 59 && second <= 59 && microseconds <= MicrosecondsPerDay;
    }

    public static void WriteDate(long days, IBufferWriter<byte> text)
    {
        var (year, month, day) = FromDays(days);
        var shown = year > 0 ? year : 1 - year;
        var span = text.GetSpan(16);
        shown.TryFormat(span, out var length, "D4", CultureInfo.InvariantCulture);
        span[length++] = (byte)'-';
        PutTwo(span[length..], month);
        span[length + 2] = (byte)'-';
        PutTwo(span[(length + 3)..], day);
        text.Advance(length + 5);
    }

    public static bool IsBeforeChrist(long days) => FromDays(days).Year <= 0;

    public static void WriteTime(long microseconds, IBufferWriter<byte> text)
    {
        var span = text.GetSpan(16);
        var seconds = microseconds / 1_000_000;
        PutTwo(span, (int)(seconds / 3600));
        span[2] = (byte)':';
        PutTwo(span[3..], (int)(seconds / 60 % 60));
        span[5] = (byte)':';
        PutTwo(span[6..], (int)(seconds % 60));
        var length = 8;
        var fraction = (int)(microseconds % 1_000_000);
        if (fraction != 0)
        {
            span[8] = (byte)'.';
            fraction.TryFormat(span[9..], out _, "D6", CultureInfo.InvariantCulture);
            length = 15;
            while (span[length - 1] == '0')
            {
                length--;
            }
        }
        text.Advance(length);
    }

    /// <summary>Reads a few digits, at most nine.</summary>
    public static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
            value = (value * 10) + (digit - '0');
        }
        return !text.IsEmpty;
    }

    // More than six digits are accepted only where the rest is zero: nothing is rounded.
    private static bool TryReadFraction(ref ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (text.IsEmpty || text[0] != '.')
        {
            return true;
        }
        var digits = text[1..];
        var end = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = end < 0 ? digits : digits[..end];
        text = text[(1 + digits.Length)..];
        for (var i = 0; i < Math.Max(digits.Length, 6); i++)
        {
            var digit = i < digits.Length ? digits[i] - '0' : 0;
            if (i < 6)
            {
                microseconds = (microseconds * 10) + digit;
            }
            else if (digit != 0)
            {
                return false;
            }
        }
        return !digits.IsEmpty;
    }

    private static void PutTwo(Span<byte> span, int value)
    {
        span[0] = (byte)('0' + (value / 10));
        span[1] = (byte)('0' + (value % 10));
    }
}
