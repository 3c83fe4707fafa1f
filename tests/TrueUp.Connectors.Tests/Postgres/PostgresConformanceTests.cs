using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

public sealed class PostgresSourceConformance(PostgresCluster cluster)
    : PostgresSourceConformanceBase(cluster, new DatabaseOptions());

/// <summary>A server of another encoding is digested in this process.</summary>
public sealed class PostgresLatinSourceConformance(PostgresCluster cluster)
    : PostgresSourceConformanceBase(cluster, new DatabaseOptions { Encoding = "LATIN1" })
{
    protected override Sample Rows(int count) => Latin(base.Rows(count));

    internal static Sample Latin(Sample sample) =>
        sample with
        {
            Rows = [.. sample.Rows.Select(r => r.Select(t => t?.Replace("日本 🙂", "é")).ToArray())],
        };
}

/// <summary>A key of text, names that need quotes, and no column whose kind has ranges.</summary>
public sealed class PostgresTextKeySourceConformance(PostgresCluster cluster)
    : PostgresSourceConformanceBase(cluster, new DatabaseOptions())
{
    protected override IReadOnlyList<Column> Columns { get; } =
    [
        new("Id key", LogicalType.Text, Nullable: false),
        new("b\"c", LogicalType.Bytes),
        new("d", LogicalType.Decimal),
        new("ä", LogicalType.Text),
    ];
}

public abstract class PostgresSourceConformanceBase(PostgresCluster cluster, DatabaseOptions options)
    : SourceConformance,
        IAsyncLifetime
{
    private TestDatabase? _database;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    protected override async Task<ISource> CreateAsync(Sample sample)
    {
        _database = await cluster.CreateDatabaseAsync(options);
        await PostgresFixture.FillAsync(_database, "public.\"The Table\"", sample);
        return PostgresFixture.Source(_database, "table", "\"The Table\"");
    }
}

public sealed class PostgresTargetConformance(PostgresCluster cluster) : PostgresTargetConformanceBase(cluster, "UTF8");

/// <summary>A server of another encoding: rows are compared in this process.</summary>
public sealed class PostgresLatinTargetConformance(PostgresCluster cluster)
    : PostgresTargetConformanceBase(cluster, "LATIN1")
{
    protected override Sample Rows(int count) => PostgresLatinSourceConformance.Latin(base.Rows(count));
}

public abstract class PostgresTargetConformanceBase(PostgresCluster cluster, string encoding)
    : TargetConformance,
        IAsyncLifetime
{
    private TestDatabase? _database;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    protected override async Task<ITarget> OpenAsync(string table)
    {
        _database ??= await cluster.CreateDatabaseAsync(new DatabaseOptions { Encoding = encoding });
        return PostgresFixture.Target(_database, table);
    }
}
