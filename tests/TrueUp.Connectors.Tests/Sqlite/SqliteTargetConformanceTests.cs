using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;

namespace TrueUp.Connectors.Tests.Sqlite;

/// <summary>A file that the target creates.</summary>
public class SqliteTargetConformanceTests : TargetConformance, IDisposable
{
    protected TestFile File { get; } = new();

    protected override Task<ITarget> OpenAsync(string table) => Task.FromResult(File.Target(table));

    public void Dispose()
    {
        File.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Keys that SQLite has no type for.</summary>
public sealed class SqliteDecimalKeyConformanceTests : SqliteTargetConformanceTests
{
    protected override IReadOnlyList<Column> Columns { get; } =
    [
        new("id", LogicalType.DecimalOf(30, 5), Nullable: false),
        new("name", LogicalType.Text, Nullable: false),
        new("day", LogicalType.Date),
        new("flag", LogicalType.Bool),
        new("small", LogicalType.Float32),
    ];
}
