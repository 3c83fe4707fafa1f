using System.Diagnostics;
using Npgsql;
using Xunit;

namespace TrueUp.Testing.Postgres;

/// <summary>
/// A real PostgreSQL cluster on loopback, of this test process alone. One per test assembly is enough:
/// <c>[assembly: AssemblyFixture(typeof(PostgresCluster))]</c> and a constructor parameter. It starts (about a second)
/// when the first test asks for a database, and is gone with the process, even a killed one.
/// </summary>
/// <remarks>
/// A test that stops, restarts or pauses the server disturbs every other: it creates a cluster of its own.
/// </remarks>
public sealed class PostgresCluster : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly TemporaryFolder _folder = new();
    private Process? _watchdog;
    private NpgsqlConnectionStringBuilder? _server;
    private int _databases;

    /// <summary>Does nothing: a cluster nobody uses is not started.</summary>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Npgsql keywords to connect as superuser to the maintenance database <c>postgres</c>.</summary>
    public async Task<string> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        (await StartAsync(cancellationToken)).ConnectionString;

    /// <summary>A new, empty database with a unique name, dropped when disposed.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync(
        DatabaseOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        NpgsqlConnectionStringBuilder server = await StartAsync(cancellationToken);
        options ??= new DatabaseOptions();
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        string clause = options.IsDefault ? "" : options.CreateClause();
        await ExecuteAsync($"CREATE DATABASE {name} {clause}", cancellationToken);

        NpgsqlConnectionStringBuilder connection = new($"{server.ConnectionString};{options.ConnectionSettings}")
        {
            Database = name,
        };
        return new TestDatabase(this, name, connection.ConnectionString);
    }

    /// <summary>Runs one statement as superuser in the maintenance database, for roles, slots and settings.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken = default)
    {
        NpgsqlConnectionStringBuilder server = await StartAsync(cancellationToken);
        // Not pooled: after a restart or crash, a connection from the pool would be a dead one.
        await using NpgsqlConnection connection = new($"{server.ConnectionString};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Stops the server; its data and port stay. With <paramref name="crash"/> it says no goodbye.</summary>
    public Task StopAsync(bool crash = false, CancellationToken cancellationToken = default) =>
        ClusterScript.CallAsync("stop", _folder.Path, crash ? "immediate" : "fast", cancellationToken);

    /// <summary>Stops the server if it runs, and starts it on the same port.</summary>
    public async Task RestartAsync(bool crash = false, CancellationToken cancellationToken = default)
    {
        await StopAsync(crash, cancellationToken);
        await ClusterScript.CallAsync("start", _folder.Path, null, cancellationToken);
    }

    /// <summary>Freezes every process of the server: connections stay open and nothing answers.</summary>
    public Task PauseAsync(CancellationToken cancellationToken = default) =>
        ClusterScript.CallAsync("pause", _folder.Path, null, cancellationToken);

    /// <summary>Lets a paused server go on.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken = default) =>
        ClusterScript.CallAsync("resume", _folder.Path, null, cancellationToken);

    /// <summary>Stops the server and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_watchdog is not null)
        {
            _watchdog.StandardInput.Close();
            await _watchdog.WaitForExitAsync();
            _watchdog.Dispose();
        }

        _folder.Dispose();
        _starting.Dispose();
    }

    private async Task<NpgsqlConnectionStringBuilder> StartAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_server is null)
            {
                (_watchdog, string url) = await ClusterScript.RunAsync(_folder.Path, cancellationToken);
                _server = FromUrl(new Uri(url));
            }

            return _server;
        }
        finally
        {
            _starting.Release();
        }
    }

    private static NpgsqlConnectionStringBuilder FromUrl(Uri url) =>
        new()
        {
            Host = url.Host,
            Port = url.Port,
            Username = url.UserInfo.Split(':')[0],
            Password = url.UserInfo.Split(':')[1],
            Database = url.AbsolutePath[1..],
            PersistSecurityInfo = true,
            // Each test has its own database and so its own pool; idle connections of many pools would fill the server.
            ConnectionIdleLifetime = 10,
            ConnectionPruningInterval = 5,
        };
}
