using System.Globalization;

namespace TrueUp.Pipelines;

/// <summary>
/// Durations as pipeline files write them: <c>500ms</c>, <c>1s</c>, <c>15m</c>, <c>2h</c>, <c>1d</c>.
/// </summary>
public static class Duration
{
    private const int DigitsMax = 9;

    /// <summary>Reads a whole number with its unit.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(text);
        duration = TimeSpan.Zero;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > DigitsMax || Unit(text[digits..]) is not { } unit)
        {
            return false;
        }
        var number = long.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture);
        if (number > TimeSpan.MaxValue.Ticks / unit.Ticks)
        {
            return false;
        }
        duration = TimeSpan.FromTicks(number * unit.Ticks);
        return true;
    }

    /// <summary>Writes a duration in its largest whole unit; parts of a millisecond are dropped.</summary>
    public static string Format(TimeSpan duration)
    {
        var milliseconds = duration.Ticks / TimeSpan.TicksPerMillisecond;
        return milliseconds switch
        {
            0 => "0s",
            _ when milliseconds % 86_400_000 == 0 => $"{milliseconds / 86_400_000}d",
            _ when milliseconds % 3_600_000 == 0 => $"{milliseconds / 3_600_000}h",
            _ when milliseconds % 60_000 == 0 => $"{milliseconds / 60_000}m",
            _ when milliseconds % 1000 == 0 => $"{milliseconds / 1000}s",
            _ => $"{milliseconds}ms",
        };
    }

    private static TimeSpan? Unit(string name) =>
        name switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => null,
        };
}
