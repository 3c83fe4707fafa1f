using TrueUp.Bench.Faults;
using TrueUp.Bench.Measuring;
using TrueUp.Store;
using TrueUp.Store.Access;

namespace TrueUp.Bench.Benchmarks.Servers;

/// <summary>A home for a server of a benchmark, in a temporary folder, and one operator's key to it.</summary>
internal sealed class ServerHome : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trueup-bench-");

    /// <summary>The home's folder.</summary>
    public string Home => _folder.FullName;

    /// <summary>The operator's key; empty until <see cref="CreateKeyAsync"/>.</summary>
    public string Key { get; private set; } = "";

    /// <summary>A path in the home.</summary>
    public string At(string name) => Path.Combine(Home, name);

    /// <summary>Writes <c>trueup.yaml</c>.</summary>
    public async Task SettingsAsync(string yaml, CancellationToken cancellationToken) =>
        await File.WriteAllTextAsync(At("trueup.yaml"), yaml, cancellationToken);

    /// <summary>
    /// Writes pipelines <c>p0000</c>, <c>p0001</c>, …, each from a CSV file of one to three rows to a SQLite
    /// database of
    /// its own.
    /// </summary>
    public async Task PipelinesAsync(int count, string more, CancellationToken cancellationToken)
    {
        foreach (var folder in (string[])["pipelines", "data"])
        {
            Directory.CreateDirectory(At(folder));
        }
        for (var i = 0; i < count; i++)
        {
            var name = Name(i);
            var csv = At($"data/{name}.csv");
            var rows = Enumerable.Range(1, 1 + i % 3).Select(row => $"{row},item {row},{row * 10}.50\n");
            await File.WriteAllTextAsync(csv, "id,name,price\n" + string.Concat(rows), cancellationToken);
            await File.WriteAllTextAsync(
                At($"pipelines/{name}.yaml"),
                $"name: {name}\nsource: {{type: csv, path: {csv}}}\n"
                    + $"target: {{type: sqlite, path: {At($"data/{name}.db")}, table: items}}\nkey: id\n{more}",
                cancellationToken
            );
        }
    }

    /// <summary>The name of a pipeline.</summary>
    public static string Name(int number) => $"p{number:D4}";

    /// <summary>Makes the key.</summary>
    public async Task CreateKeyAsync(TrueUpHome home, CancellationToken cancellationToken)
    {
        var created = await home.ApiKeys.CreateAsync(
            new KeyRequest("bench", AccessRole.Operator, "bench"),
            cancellationToken
        );
        Key = created.Issued!.Text;
    }

    /// <summary>Makes the key in the home's own database.</summary>
    public async Task CreateKeyAsync(CancellationToken cancellationToken)
    {
        await using var home = TrueUpHome.Open(Home, TimeProvider.System);
        await CreateKeyAsync(home, cancellationToken);
    }

    /// <summary>A server of this home that takes work.</summary>
    public async Task<ServeProcess> ServeAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var server = ServeProcess.StartPublished(Home, "bench", arguments);
        try
        {
            await server.ReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>A client that shows the key.</summary>
    public HttpClient Client(ServeProcess server)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 })
        {
            BaseAddress = server.Url,
            Timeout = TimeSpan.FromMinutes(1),
        };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        return http;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
