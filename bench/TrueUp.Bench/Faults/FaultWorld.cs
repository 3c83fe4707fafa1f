using System.Diagnostics;
using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Faults;

/// <summary>A new folder, and a PostgreSQL of its own that ends with this process however that ends.</summary>
internal sealed class FaultWorld : IAsyncDisposable
{
    // Not a temporary subdirectory of .NET's making: the server's own account has to enter it.
    private readonly string _folder = Directory
        .CreateDirectory(Path.Combine(Path.GetTempPath(), $"trueup-fault-{Path.GetRandomFileName()}"))
        .FullName;

    private Process? _server;
    private PostgresAddress? _address;

    /// <summary>The server, started when first asked for.</summary>
    public async Task<PostgresAddress> PostgresAsync(CancellationToken cancellationToken)
    {
        if (_address is null)
        {
            _server = Process.Start(
                new ProcessStartInfo(
                    Path.Combine(ResultFiles.Root, "eng", "postgres"),
                    ["run", Path.Combine(_folder, "pg")]
                )
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!;
            var url = await _server.StandardOutput.ReadLineAsync(cancellationToken);
            _address = new PostgresAddress(
                new Uri(url ?? throw new InvalidOperationException("eng/postgres could not start a cluster."))
            );
        }
        return _address;
    }

    /// <summary>A route of a name, its pipeline file written.</summary>
    /// <param name="name">One of <see cref="Route"/>'s names.</param>
    /// <param name="proxy">The port through which TrueUp reaches PostgreSQL, or null for the server's own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Route> RouteAsync(string name, int? proxy, CancellationToken cancellationToken)
    {
        Route route;
        if (name == Route.CsvToSqlite)
        {
            route = new Route(name, _folder, new CsvSource(At("items.csv")), new SqliteTarget(At("items.db")));
        }
        else
        {
            var url = await PostgresAsync(cancellationToken);
            var seenAs = proxy is { } port ? url.Through(port) : url;
            IFaultSource source =
                name == Route.CsvToPostgres ? new CsvSource(At("items.csv")) : new PostgresSource(url, seenAs);
            var folder = proxy is null ? _folder : Directory.CreateDirectory(At("proxied")).FullName;
            route = new Route(name, folder, source, new PostgresTarget(url, seenAs));
        }
        await route.PrepareAsync(cancellationToken);
        return route;
    }

    /// <summary>A folder in the world's.</summary>
    public string Folder(string name) => At(name);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.StandardInput.Close();
            await _server.WaitForExitAsync();
            _server.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
