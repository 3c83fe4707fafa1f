using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Connectors.Files;
using TrueUp.Connectors.Sqlite;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Settings;
using TrueUp.Server.Settings.Watching;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Settings;
using TrueUp.Testing;
using TrueUp.Testing.Simulation;

namespace TrueUp.Server.Tests.Pipelines;

/// <summary>A folder of pipeline files and the servers that look at it.</summary>
internal sealed class PipelineWorld : IAsyncDisposable
{
    public static readonly ConnectorRegistry Connectors = new([new CsvConnector(), new SqliteConnector()]);

    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _folders = [];

    public PipelineWorld()
    {
        Home = TrueUpHome.Open(_folder.File("home"), Clock);
        Directory.CreateDirectory(Path);
        (Catalog, Folder, Editor) = Server();
    }

    public SimulatedClock Clock { get; } = new();

    public TrueUpHome Home { get; }

    public PipelineCatalog Catalog { get; }

    public PipelineFolder Folder { get; }

    public PipelineEditor Editor { get; }

    public string Path => _folder.File("pipelines");

    public string Outside => _folder.File("outside.yaml");

    public (PipelineCatalog Catalog, PipelineFolder Folder, PipelineEditor Editor) Server()
    {
        var catalog = new PipelineCatalog();
        var history = new PipelineHistory(Home);
        var folder = new PipelineFolder(
            Path,
            catalog,
            history,
            Connectors,
            name => name == "PW" ? "hunter2" : null,
            Clock,
            NullLogger<PipelineFolder>.Instance
        );
        _folders.Add(folder);
        return (catalog, folder, new PipelineEditor(folder, history, Home));
    }

    public static string Yaml(string name, int attempts = 3, string more = "") =>
        $"name: {name}\nsource: {{type: csv, path: a.csv}}\ntarget: {{type: sqlite, path: a.db, table: t}}\nkey: id\n"
        + $"verify: {{attempts: {attempts}}}\n{more}";

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string file, string text) => System.IO.File.WriteAllText(File(file), text);

    /// <summary>Looks until nothing moves any more, as the server's loop would.</summary>
    public async Task LookAsync(PipelineFolder? folder = null)
    {
        for (var looks = 0; looks < 10; looks++)
        {
            if (!await (folder ?? Folder).LookAsync(thorough: false, CancellationToken.None))
            {
                return;
            }
            Clock.Advance(Reloader.ShortPause);
        }
        throw new InvalidOperationException("The folder does not come to rest.");
    }

    /// <summary>How often the pipeline in force repairs: tells versions apart. Null for no pipeline.</summary>
    public int? Attempts(string name) => Catalog.Find(name)?.Verify.Attempts;

    public IEnumerable<string> Codes(string name) => Catalog.Current[name].Findings.Select(f => f.Code);

    public async Task<IReadOnlyList<ConfigHistoryEntry>> HistoryAsync(string name) =>
        (
            await Home.Config.HistoryAsync(
                new ConfigHistoryQuery { Key = PipelineHistory.KeyOf(name), Limit = 1000 },
                CancellationToken.None
            )
        ).Items;

    public static ChangeOrder By(string who) => new(who);

    public async ValueTask DisposeAsync()
    {
        _folders.ForEach(folder => folder.Dispose());
        await Home.DisposeAsync();
        _folder.Dispose();
    }
}
