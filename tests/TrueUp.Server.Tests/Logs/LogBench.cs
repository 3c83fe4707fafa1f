using Microsoft.Extensions.Logging;
using TrueUp.Server.Logs;
using TrueUp.Server.Settings;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Logs;

/// <summary>The program's log in a folder of its own, with a clock that is moved by hand.</summary>
internal sealed class LogBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LoggerFactory _factory;

    public LogBench(LogSettings? settings = null, ConsoleStyle style = ConsoleStyle.Plain)
    {
        Settings = new SettingsBoard(new ServerSettings { Logs = settings ?? new LogSettings() });
        Logs = new ServerLogs(
            _folder.Path,
            new ServerOptions
            {
                Home = _folder.Path,
                SettingsFile = "",
                Connectors = new ConnectorRegistry([]),
                Version = "1",
                Clock = Clock,
                Console = Console,
                ConsoleStyle = style,
            },
            Settings
        );
        _factory = new LoggerFactory([Logs], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        Logger = _factory.CreateLogger("TrueUp.Tests");
    }

    public ManualClock Clock { get; } = new();

    public StringWriter Console { get; } = new();

    public SettingsBoard Settings { get; }

    public ServerLogs Logs { get; }

    public ILogger Logger { get; }

    public string Text => File.ReadAllText(Logs.File.Path);

    /// <summary>The closed files' names, the newest first.</summary>
    public string[] Backups =>
        [.. Directory.EnumerateFiles(_folder.Path, "server.2*").Select(f => Path.GetFileName(f)).OrderDescending()];

    public string PathOf(string name) => _folder.File(name);

    public ILogger Category(string name) => _factory.CreateLogger(name);

    public void Change(Func<LogSettings, LogSettings> change) =>
        Settings.Set(Settings.Current with { Logs = change(Settings.Current.Logs) });

    public async ValueTask DisposeAsync()
    {
        _factory.Dispose();
        await Logs.DisposeAsync();
        _folder.Dispose();
    }
}
