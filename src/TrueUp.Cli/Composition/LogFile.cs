using System.Globalization;
using Microsoft.Extensions.Logging;

namespace TrueUp.Cli.Composition;

/// <summary>
/// The program's log: one line an entry in <c>trueup.log</c> of the home's log folder. At 10 MB the file becomes
/// <c>trueup.log.1</c>, so there are never more than two. Several processes may write to it.
/// </summary>
internal sealed class LogFile : ILogger, IDisposable
{
    private const long BytesMax = 10 << 20;

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly StreamWriter _writer;

    /// <param name="folder">The log folder; it exists.</param>
    /// <param name="clock">The time of entries.</param>
    public LogFile(string folder, TimeProvider clock)
    {
        _clock = clock;
        var path = Path.Combine(folder, "trueup.log");
        if (new FileInfo(path) is { Exists: true, Length: > BytesMax })
        {
            File.Move(path, path + ".1", overwrite: true);
        }
        _writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            AutoFlush = true,
        };
    }

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

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
        var time = _clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var text = exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}";
        var line = $"{time} {logLevel.ToString().ToUpperInvariant()} {eventId.Id} {text.ReplaceLineEndings(" ")}";
        lock (_lock)
        {
            _writer.WriteLine(line);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();
}
