using Microsoft.Extensions.Logging;

namespace TrueUp.Server.Logs;

/// <summary>An entry before it is written: nothing in it is cleaned yet.</summary>
/// <param name="Time">When (UTC).</param>
/// <param name="Level">How bad.</param>
/// <param name="Logger">What part of the program says it.</param>
/// <param name="Event">The event's number; 0 for none.</param>
/// <param name="Message">The message with its values.</param>
/// <param name="Fields">
/// The values of the scopes around it, the outermost first, then those of the message; the last one of a name counts.
/// </param>
/// <param name="Error">What was thrown, or null.</param>
internal readonly record struct LogEntry(
    DateTimeOffset Time,
    LogLevel Level,
    string Logger,
    int Event,
    string Message,
    IReadOnlyDictionary<string, object?> Fields,
    Exception? Error
);
