using System.Globalization;
using Microsoft.Extensions.Logging;
using TrueUp.Audit;

namespace TrueUp.Server.Logs;

/// <summary>An entry as a short line for people: local time, level if it is not the usual one, message.</summary>
internal static class ConsoleLine
{
    private const string Plain = "\e[0m";

    public static string Of(in LogEntry entry, TimeZoneInfo zone, bool isColored)
    {
        var time = TimeZoneInfo.ConvertTime(entry.Time, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var level = entry.Level == LogLevel.Information ? "" : LogText.Level(entry.Level).ToLowerInvariant() + ": ";
        var colored = isColored && level.Length > 0 ? Color(entry.Level) + level + Plain : level;
        var error = entry.Error is { } thrown ? $" ({thrown.GetType().Name}: {Redaction.Clean(thrown.Message)})" : "";
        return $"{time} {colored}{LogText.Message(entry)}{error}".ReplaceLineEndings(" ");
    }

    private static string Color(LogLevel level) =>
        level switch
        {
            LogLevel.Warning => "\e[33m",
            LogLevel.Error or LogLevel.Critical => "\e[31m",
            _ => "\e[2m",
        };
}
