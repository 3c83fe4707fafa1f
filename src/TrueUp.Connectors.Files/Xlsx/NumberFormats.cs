namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>Tells dates and times from numbers by the number format of their cell (ECMA-376 part 1, 18.8.30 and
/// 18.8.31).</summary>
internal static class NumberFormats
{
    /// <summary>The meaning of the formats that need no code.</summary>
    public static CellFormat OfBuiltIn(int id) =>
        id switch
        {
            (>= 14 and <= 17) or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => CellFormat.Date,
            (>= 18 and <= 21) or (>= 32 and <= 35) or 45 or 47 or 55 or 56 => CellFormat.Time,
            22 => CellFormat.DateTime,
            46 => CellFormat.Elapsed,
            _ => CellFormat.Number,
        };

    /// <summary>The meaning of a format code; the section for positive numbers decides.</summary>
    public static CellFormat OfCode(string code)
    {
        bool isDate = false,
            isTime = false,
            hasMonthOrMinute = false;
        for (var i = 0; i < code.Length; i++)
        {
            switch (char.ToLowerInvariant(code[i]))
            {
                case ';':
                    i = code.Length;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '"':
                    i = EndOf(code, i, '"');
                    break;
                case '[':
                    var end = EndOf(code, i, ']');
                    if (IsElapsed(code.AsSpan(i + 1, Math.Max(0, end - i - 1))))
                    {
                        return CellFormat.Elapsed;
                    }
                    i = end;
                    break;
                case 'y' or 'd':
                    isDate = true;
                    break;
                case 'h' or 's':
                    isTime = true;
                    break;
                case 'm':
                    hasMonthOrMinute = true;
                    break;
                case 'g' when code.AsSpan(i).StartsWith("General", StringComparison.OrdinalIgnoreCase):
                    i += "General".Length - 1;
                    break;
                default:
                    break;
            }
        }
        return (isDate || (hasMonthOrMinute && !isTime), isTime) switch
        {
            (true, true) => CellFormat.DateTime,
            (true, false) => CellFormat.Date,
            (false, true) => CellFormat.Time,
            _ => CellFormat.Number,
        };
    }

    private static int EndOf(string code, int from, char mark)
    {
        var end = code.IndexOf(mark, from + 1);
        return end < 0 ? code.Length : end;
    }

    // [h], [mm], [ss]; everything else in brackets is a colour, a condition or a locale.
    private static bool IsElapsed(ReadOnlySpan<char> text) =>
        text.Length > 0
        && (
            !text.ContainsAnyExcept('h', 'H') || !text.ContainsAnyExcept('m', 'M') || !text.ContainsAnyExcept('s', 'S')
        );
}
