using System.Globalization;
using TrueUp.Pipelines;

namespace TrueUp.Server.Scheduling;

/// <summary>Says in words when a pipeline runs.</summary>
internal static class ScheduleWords
{
    private static readonly string[] Days =
    [
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];

    /// <summary>The words, or null for no schedule.</summary>
    public static string? Of(ScheduleDefinition? schedule) =>
        schedule switch
        {
            { Cron: { } cron } => $"{OfCron(cron)} ({schedule.Zone})",
            { Every: { } every } => "every " + OfInterval(every),
            _ => null,
        };

    private static string OfInterval(TimeSpan every)
    {
        var (number, unit) =
            every.Ticks % TimeSpan.TicksPerDay == 0 ? (every.TotalDays, "day")
            : every.Ticks % TimeSpan.TicksPerHour == 0 ? (every.TotalHours, "hour")
            : every.Ticks % TimeSpan.TicksPerMinute == 0 ? (every.TotalMinutes, "minute")
            : (every.TotalSeconds, "second");
        return number == 1 ? unit : string.Create(CultureInfo.InvariantCulture, $"{number:0.###} {unit}s");
    }

    // The forms people write nearly always; the expression itself says the others best.
    private static string OfCron(string cron)
    {
        var parts = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var minute, var hour, var day, "*", var weekday])
        {
            return $"cron {cron}";
        }
        return (Number(minute, 59), Number(hour, 23), day, weekday) switch
        {
            ({ } m, { } h, "*", "*") => $"every day at {h:00}:{m:00}",
            ({ } m, { } h, "*", _) when Number(weekday, 7) is { } d => $"every {Days[d]} at {h:00}:{m:00}",
            ({ } m, { } h, _, "*") when Number(day, 31) is { } d => $"on day {d} of every month at {h:00}:{m:00}",
            ({ } m, null, "*", "*") when hour == "*" => $"every hour at minute {m}",
            (null, null, "*", "*") when hour == "*" && Step(minute) is { } step => $"every {step} minutes",
            _ => $"cron {cron}",
        };
    }

    private static int? Number(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : null;

    private static int? Step(string text) =>
        text.StartsWith("*/", StringComparison.Ordinal) && Number(text[2..], 59) is > 1 and var step && 60 % step == 0
            ? step
            : null;
}
