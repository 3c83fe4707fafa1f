using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Server.Settings;
using TrueUp.Server.Settings.Reading;
using TrueUp.Server.Settings.Watching;
using TrueUp.Store;
using TrueUp.Store.Settings;
using TrueUp.Testing;
using TrueUp.Testing.Simulation;

namespace TrueUp.Server.Tests.Settings;

/// <summary>The settings of a server with a folder and a clock of its own, and of others beside it.</summary>
internal sealed class SettingsWorld : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _others = [];

    public SettingsWorld(string? yaml = null, params (string Name, string Value)[] environment)
    {
        Environment = environment.ToDictionary(e => e.Name, e => e.Value);
        if (yaml is not null)
        {
            Write(yaml);
        }
        Home = TrueUpHome.Open(_folder.File("home"), Clock);
        (Configuration, Board, Watch) = Server();
    }

    public SimulatedClock Clock { get; } = new();

    public TrueUpHome Home { get; }

    public Configuration Configuration { get; }

    public SettingsBoard Board { get; }

    public SettingsWatch Watch { get; }

    public string File => _folder.File("trueup.yaml");

    public Dictionary<string, string> Environment { get; }

    public void Write(string yaml) => _folder.Write("trueup.yaml", yaml);

    /// <summary>Another server with the same home.</summary>
    public (Configuration Configuration, SettingsBoard Board, SettingsWatch Watch) Server()
    {
        var parser = new SettingsParser(Environment.GetValueOrDefault);
        var text = SettingsText.Load(File).Text!;
        var board = new SettingsBoard(parser.Read(text).Document!.Settings);
        var configuration = new Configuration(text, parser, board, Home, NullLogger<Configuration>.Instance);
        _others.Add(configuration);
        return (configuration, board, new SettingsWatch(configuration, File, Clock));
    }

    /// <summary>Lets the server see what became of the file, as its loop would.</summary>
    public async Task LookAsync(SettingsWatch? watch = null)
    {
        for (var looks = 0; looks < 10; looks++)
        {
            if (!await (watch ?? Watch).LookAsync(thorough: false, CancellationToken.None))
            {
                return;
            }
            Clock.Advance(Reloader.ShortPause);
        }
        throw new InvalidOperationException("The file does not come to rest.");
    }

    public Task<ChangeOutcome> SetAsync(string key, string? json, string by = "ada", string? expected = null) =>
        Configuration.ChangeAsync(key, json, new ChangeOrder(by, null, expected), CancellationToken.None);

    public string? Value(string key) => Configuration.State.Value(key).Value;

    /// <summary>The history, newest first.</summary>
    public async Task<IReadOnlyList<ConfigHistoryEntry>> HistoryAsync() =>
        (await Home.Config.HistoryAsync(new ConfigHistoryQuery { Limit = 1000 }, CancellationToken.None)).Items;

    public async ValueTask DisposeAsync()
    {
        _others.ForEach(other => other.Dispose());
        await Home.DisposeAsync();
        _folder.Dispose();
    }
}
