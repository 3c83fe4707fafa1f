using System.Globalization;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>The display text of a number in a cell, and what it is by its number format.</summary>
internal static class CellText
{
    private const double SerialMax = 2_958_466,
        IntegerMax = 9_007_199_254_740_992;
    private const int LeapDayThatNeverWas = 60;

    /// <param name="number">What the cell holds.</param>
    /// <param name="format">What its format makes of it.</param>
    /// <param name="isFrom1904">Whether day 0 is 1904-01-01.</param>
    public static (CellKind Kind, string Text) Of(double number, CellFormat format, bool isFrom1904) =>
        format switch
        {
            CellFormat.Number => Plain(number),
            CellFormat.Elapsed => Elapsed(number),
            CellFormat.Time when number is >= 0 and < 1 => Time(number),
            _ => Date(number, format, isFrom1904),
        };

    private static (CellKind, string) Plain(double number)
    {
        if (!double.IsFinite(number))
        {
            return (CellKind.Error, "#NUM!");
        }
        if (number == Math.Truncate(number) && Math.Abs(number) < IntegerMax)
        {
            return (CellKind.Integer, ((long)number).ToString(CultureInfo.InvariantCulture));
        }
        // The shortest digits that give the number back; without an exponent where that stays readable and exact.
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (text.Contains('E') && Math.Abs(number) is >= 1e-10 and < 1e28)
        {
            text = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
                .ToString(CultureInfo.InvariantCulture);
        }
        return (CellKind.Float, text);
    }

    private static (CellKind, string) Elapsed(double days)
    {
        if (!double.IsFinite(days) || Math.Abs(days) > SerialMax)
        {
            return (CellKind.Error, "#NUM!");
        }
        var milliseconds = (long)Math.Round(days * 86_400_000, MidpointRounding.AwayFromZero);
        return (CellKind.Elapsed, string.Create(CultureInfo.InvariantCulture, $"PT{milliseconds / 1000m:0.###}S"));
    }

    private static (CellKind, string) Time(double number)
    {
        // Times are fractions of a day in binary; what programs show of them ends at milliseconds.
        var milliseconds = (long)Math.Round(number * 86_400_000, MidpointRounding.AwayFromZero);
        var time = TimeSpan.FromMilliseconds(Math.Min(milliseconds, 86_399_999));
        return (
            CellKind.Time,
            time.ToString(time.Milliseconds == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.FFF", CultureInfo.InvariantCulture)
        );
    }

    // Day 60 of the 1900 system is 1900-02-29, which there never was; days before it count from one day later.
    private static (CellKind, string) Date(double number, CellFormat format, bool isFrom1904)
    {
        var serial = Math.Round(number * 86_400_000, MidpointRounding.AwayFromZero) / 86_400_000;
        var day = Math.Floor(serial);
        if (
            !double.IsFinite(number)
            || number < (isFrom1904 ? 0 : 1)
            || serial >= SerialMax
            || (!isFrom1904 && day == LeapDayThatNeverWas)
        )
        {
            return (CellKind.Error, "#NUM!");
        }
        var epoch = isFrom1904 ? new DateTime(1904, 1, 1) : new DateTime(1899, 12, day < LeapDayThatNeverWas ? 31 : 30);
        if (isFrom1904 && day > (DateTime.MaxValue - epoch).TotalDays - 1)
        {
            return (CellKind.Error, "#NUM!");
        }
        var milliseconds = Math.Round((number - day) * 86_400_000, MidpointRounding.AwayFromZero);
        var value = epoch.AddDays(day).AddTicks((long)milliseconds * TimeSpan.TicksPerMillisecond);
        return format == CellFormat.Date && value.TimeOfDay == TimeSpan.Zero
            ? (CellKind.Date, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            : (CellKind.Timestamp, value.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture));
    }
}
