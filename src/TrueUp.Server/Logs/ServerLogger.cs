using Microsoft.Extensions.Logging;

namespace TrueUp.Server.Logs;

/// <summary>The logger of one part of the program.</summary>
internal sealed class ServerLogger(string name, ServerLogs logs) : ILogger
{
    // What frameworks have to say matters when it is a warning, or when everything is asked for.
    private readonly bool _isOurs = name.StartsWith("TrueUp", StringComparison.Ordinal);

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logs.Scopes.Push(state);

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) =>
        logLevel != LogLevel.None
        && logLevel >= logs.Level
        && (_isOurs || logLevel >= LogLevel.Warning || logs.Level <= LogLevel.Debug);

    /// <inheritdoc />
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }
        logs.Write(
            new LogEntry(
                logs.Clock.GetUtcNow(),
                logLevel,
                name,
                eventId.Id,
                formatter(state, exception),
                LogFields.Of(logs.Scopes, state),
                exception
            )
        );
    }
}
