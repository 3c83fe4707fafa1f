using System.Globalization;
using Microsoft.Extensions.Logging;
using TrueUp.Audit;

namespace TrueUp.Server.Logs;

/// <summary>The texts of a line, without secrets and personal data.</summary>
internal static class LogText
{
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Level(LogLevel level) =>
        level switch
        {
            LogLevel.Trace or LogLevel.Debug => "DEBUG",
            LogLevel.Information => "INFO",
            LogLevel.Warning => "WARNING",
            LogLevel.Error => "ERROR",
            _ => "CRITICAL",
        };

    /// <summary>The message, in which values are hidden that are hidden beside it.</summary>
    public static string Message(in LogEntry entry)
    {
        var message = entry.Message;
        foreach (var (name, value) in entry.Fields)
        {
            // A message such as "as {Password}" does not say beside the value what it is.
            if (value is string { Length: > 0 } text && Value(name, text) is var clean && clean != text)
            {
                message = message.Replace(text, clean, StringComparison.Ordinal);
            }
        }
        return Redaction.Clean(message);
    }

    /// <summary>
    /// A value as text. It is cleaned together with its name: <c>{Password}</c> hides what alone looks harmless.
    /// </summary>
    public static string Value(string name, object value)
    {
        var text = value is IFormattable formattable
            ? formattable.ToString(null, CultureInfo.InvariantCulture)
            : value.ToString();
        var clean = Redaction.Clean($"{name}={text}");
        return clean.StartsWith(name + "=", StringComparison.Ordinal)
            ? clean[(name.Length + 1)..]
            : Redaction.Clean(text);
    }
}
