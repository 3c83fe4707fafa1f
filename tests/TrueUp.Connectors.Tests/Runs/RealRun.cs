using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Connectors.Files;
using TrueUp.Connectors.Postgres;
using TrueUp.Connectors.Sqlite;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Testing.Memory;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Runs;

/// <summary>The engine between real stores, and what the tests of it do over and over.</summary>
internal static class RealRun
{
    /// <summary>A test that takes longer hangs.</summary>
    public const int GiveUpMs = 120_000;

    private static readonly ConnectorRegistry Connectors = new([
        new CsvConnector(),
        new SqliteConnector(),
        new PostgresConnector(),
    ]);

    public static Task<RunOutcome> RunAsync(
        this PipelineDefinition pipeline,
        Action<RunProgress>? told = null,
        CancellationToken cancellationToken = default
    ) =>
        new SyncEngine(Connectors, new MemoryAudit(), TimeProvider.System, NullLogger.Instance).RunAsync(
            pipeline,
            new RunOptions { Progress = told is null ? null : new Listener(told) },
            cancellationToken
        );

    public static PipelineDefinition Pipeline(SideDefinition source, SideDefinition target) =>
        new()
        {
            Name = "real",
            Source = source,
            Target = target,
        };

    public static SideDefinition Side(this TestDatabase database, string option, params string[] values) =>
        new SideDefinition("postgres").With("connection", database.ConnectionString).With(option, values);

    /// <summary>Makes a table of so many rows with a key.</summary>
    public static Task FillAsync(this TestDatabase database, string table, int rows) =>
        database.ExecuteAsync(
            $"CREATE TABLE {table} (id bigint PRIMARY KEY, name text, amount numeric(12,2)); "
                + $"INSERT INTO {table} SELECT i, 'name ' || i, i / 100.0 FROM generate_series(1, {rows}) AS i"
        );

    /// <summary>Count and hash of a table as PostgreSQL itself sees them.</summary>
    public static async Task<string> ContentsAsync(this TestDatabase database, string table) =>
        await database.ScalarAsync<string>(
            $"SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, ';' ORDER BY id)), '') FROM {table} AS t"
        );

    /// <summary>Returns when a session of the database waits for another one's lock.</summary>
    public static async Task SomebodyWaitsAsync(this TestDatabase database, CancellationToken cancellationToken)
    {
        while (await database.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private sealed class Listener(Action<RunProgress> told) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => told(value);
    }
}
