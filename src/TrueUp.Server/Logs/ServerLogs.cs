using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Logs;

/// <summary>
/// Where the program's log goes: a file of JSON lines in the home, and the console. Which entries are written is asked
/// of the settings each time, so that a change is in force with the next entry.
/// </summary>
internal sealed class ServerLogs : ILoggerProvider, ISupportExternalScope, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ServerLogger> _loggers = new(StringComparer.Ordinal);
    private readonly ServerOptions _options;
    private readonly SettingsBoard _settings;
    private readonly LogFile _file;
    private readonly Lock _console = new();
    private bool _isDisposed;

    /// <param name="folder">The folder of logs; it exists.</param>
    /// <param name="options">The server's name, clock and console.</param>
    /// <param name="settings">The settings as they are.</param>
    public ServerLogs(string folder, ServerOptions options, SettingsBoard settings)
    {
        _options = options;
        _settings = settings;
        var name = options.Node is { } node ? "server-" + FileText(node) : "server";
        _file = new LogFile(folder, name, options.Clock, () => settings.Current.Logs);
    }

    /// <summary>The file that is written.</summary>
    public LogFile File => _file;

    /// <summary>What surrounds an entry.</summary>
    public IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    /// <summary>The time of entries.</summary>
    public TimeProvider Clock => _options.Clock;

    /// <summary>The least that is written now.</summary>
    public LogLevel Level => _settings.Current.Logs.Level;

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, name => new ServerLogger(name, this));

    /// <inheritdoc />
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    /// <summary>Writes an entry everywhere.</summary>
    public void Write(in LogEntry entry)
    {
        if (Volatile.Read(ref _isDisposed))
        {
            return;
        }
        var line = JsonLine.Of(entry);
        _file.Write(line);
        if (_options.Console is { } console)
        {
            var text =
                _options.ConsoleStyle == ConsoleStyle.Json
                    ? System.Text.Encoding.UTF8.GetString(line).TrimEnd()
                    : ConsoleLine.Of(entry, Clock.LocalTimeZone, _options.ConsoleStyle == ConsoleStyle.Colored);
            lock (_console)
            {
                console.WriteLine(text);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _isDisposed, true);
        await _file.DisposeAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Volatile.Write(ref _isDisposed, true);
        _file.Dispose();
    }

    private static string FileText(string node) =>
        string.Concat(node.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
}
