using System.Collections.Frozen;
using System.Globalization;

namespace TrueUp.Pipelines.Validation;

/// <summary>Checks cron expressions of five fields: lists, ranges, steps and names, as crontab(5) has them.</summary>
internal static class CronSyntax
{
    private static readonly Field[] Fields =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of month", 1, 31, []),
        new("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        // Sunday is 0 and 7.
        new("day of week", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    private static readonly FrozenDictionary<int, int> LongestDay = Enumerable
        .Range(1, 12)
        .ToFrozenDictionary(month => month, month => DateTime.DaysInMonth(2024, month));

    /// <summary>What is wrong with an expression, to follow its name in a sentence; null when nothing is.</summary>
    public static string? Problem(string cron)
    {
        var texts = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (texts.Length != Fields.Length)
        {
            return $"has {texts.Length} fields instead of five";
        }
        var values = new HashSet<int>[Fields.Length];
        for (var i = 0; i < Fields.Length; i++)
        {
            values[i] = [];
            if (!texts[i].Split(',').All(part => TryPart(part, Fields[i], values[i])))
            {
                return $"has a bad {Fields[i].Name}";
            }
        }
        // With a day of week beside it, a day of month that never comes does no harm.
        var comes = values[3].Any(month => values[2].Min() <= LongestDay[month]);
        return comes || texts[4] != "*" ? null : "names a day that never comes";
    }

    private static bool TryPart(string part, Field field, HashSet<int> values)
    {
        var step = 1;
        var slash = part.IndexOf('/');
        if (slash >= 0)
        {
            if (!TryNumber(part[(slash + 1)..], out step) || step is 0)
            {
                return false;
            }
            part = part[..slash];
        }
        if (!TryRange(part, slash >= 0, field, out var first, out var last))
        {
            return false;
        }
        for (var value = first; value <= last; value += step)
        {
            values.Add(value);
        }
        return true;
    }

    private static bool TryRange(string text, bool isStepped, Field field, out int first, out int last)
    {
        (first, last) = (field.Min, field.Max);
        if (text == "*")
        {
            return true;
        }
        var ends = text.Split('-');
        if (ends.Length > 2 || !field.TryRead(ends[0], out first))
        {
            return false;
        }
        if (ends.Length == 2)
        {
            return field.TryRead(ends[1], out last) && first <= last;
        }
        last = isStepped ? field.Max : first;
        return true;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= 1000;

    private sealed record Field(string Name, int Min, int Max, string[] Names)
    {
        public bool TryRead(string text, out int value)
        {
            var name = Array.IndexOf(Names, text.ToLowerInvariant());
            if (name >= 0)
            {
                // Months count from 1, days of the week from 0.
                value = name + Min;
                return true;
            }
            return TryNumber(text, out value) && value >= Min && value <= Max;
        }
    }
}
