using System.Buffers;
using System.Buffers.Binary;

namespace TrueUp.Rows.Codecs;

/// <summary>A date that may be followed by more text and end in <c> BC</c>.</summary>
internal static class DayText
{
    public static bool TryParse(ReadOnlySpan<byte> text, out long days, out ReadOnlySpan<byte> rest)
    {
        days = 0;
        var beforeChrist = text.EndsWith(" BC"u8);
        rest = beforeChrist ? text[..^3] : text;
        if (!Calendar.TryReadDate(ref rest, out var year, out var month, out var day) || year == 0)
        {
            return false;
        }
        year = beforeChrist ? 1 - year : year;
        if (day > Calendar.DaysInMonth(year, month))
        {
            return false;
        }
        days = Calendar.ToDays(year, month, day);
        return true;
    }
}
