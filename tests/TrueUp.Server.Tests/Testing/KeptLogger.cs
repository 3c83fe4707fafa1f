using Microsoft.Extensions.Logging;

namespace TrueUp.Server.Tests.Testing;

/// <summary>Keeps what is logged: the level, the text, and the values by name.</summary>
internal sealed class KeptLogger<T> : ILogger<T>
{
    public List<(LogLevel Level, string Text, IReadOnlyDictionary<string, object?> Values)> Entries { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? pairs.ToDictionary() : [];
        lock (Entries)
        {
            Entries.Add((logLevel, formatter(state, exception), values));
        }
    }
}
