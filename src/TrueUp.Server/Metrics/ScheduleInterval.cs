using TrueUp.Pipelines;

namespace TrueUp.Server.Metrics;

/// <summary>How long it is at most from one firing of a schedule to the next.</summary>
internal static class ScheduleInterval
{
    private static readonly TimeSpan[] Whole =
    [
        TimeSpan.FromHours(1),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(31),
        TimeSpan.FromDays(366),
        TimeSpan.FromDays(7),
    ];

    private static readonly TimeSpan[] Single =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromHours(1),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(31),
        TimeSpan.FromDays(1),
    ];

    /// <summary>
    /// The interval; of a cron expression the period of the largest field that says something: exact where that is a
    /// step or one value, otherwise too long rather than too short. Null for no schedule.
    /// </summary>
    public static TimeSpan? Of(ScheduleDefinition? schedule)
    {
        if (schedule?.Cron is not { } cron)
        {
            return schedule?.Every;
        }
        var fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        // Month, day of month, day of week, hour, minute: the first that is restricted decides.
        foreach (var field in (int[])[3, 2, 4, 1, 0])
        {
            if (fields.Length == Whole.Length && fields[field] != "*")
            {
                return
                    fields[field].StartsWith("*/", StringComparison.Ordinal)
                    && int.TryParse(fields[field][2..], out var step)
                    ? Single[field] * step
                    : Whole[field];
            }
        }
        return Single[0];
    }
}
