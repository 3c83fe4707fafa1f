using TrueUp.Store.Database;

namespace TrueUp.Store.Tests.Database;

/// <summary>The conformance of SQLite.</summary>
public sealed class SqliteControlDatabaseConformanceTests : ControlDatabaseConformance
{
    private protected override ControlDatabase CreateDatabase(string folder) =>
        new SqliteControlDatabase(Path.Combine(folder, "trueup.db"), lockTimeoutSeconds: 5);
}
