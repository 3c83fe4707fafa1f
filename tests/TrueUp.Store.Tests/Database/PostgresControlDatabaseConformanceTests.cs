using TrueUp.Store.Database;
using TrueUp.Testing.Postgres;

namespace TrueUp.Store.Tests.Database;

/// <summary>The conformance of PostgreSQL; each test has a database of its own.</summary>
public sealed class PostgresControlDatabaseConformanceTests(PostgresCluster cluster) : ControlDatabaseConformance
{
    private TestDatabase _database = null!;

    public override async ValueTask InitializeAsync()
    {
        _database = await cluster.CreateDatabaseAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected override ControlDatabase CreateDatabase(string folder) =>
        new PostgresControlDatabase(_database.ConnectionString);
}
