using Microsoft.Data.Sqlite;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;

namespace TrueUp.Connectors.Tests.Sqlite;

/// <summary>A table in a write-ahead-log database, keyed by its rowid.</summary>
public class SqliteSourceConformanceTests : SourceConformance, IDisposable
{
    protected TestFile File { get; } = new();

    protected virtual string Journal => "wal";

    protected virtual string Suffix => "";

    protected override Task<ISource> CreateAsync(Sample sample)
    {
        var columns = sample.Columns.Select(
            (c, i) =>
                $"\"{c.Name.Replace("\"", "\"\"")}\" {Declared(c.Type)}{(c.Nullable ? "" : " NOT NULL")}{(i == 0 ? " PRIMARY KEY" : "")}"
        );
        File.Execute($"PRAGMA journal_mode = {Journal}; CREATE TABLE t ({string.Join(", ", columns)}){Suffix}");
        using var connection = File.Open();
        using var transaction = connection.BeginTransaction();
        foreach (var row in sample.Rows)
        {
            Insert(connection, transaction, sample, row);
        }

        transaction.Commit();
        return Task.FromResult(File.Source());
    }

    public void Dispose()
    {
        File.Dispose();
        GC.SuppressFinalize(this);
    }

    private static string Declared(LogicalType type) =>
        type.Kind switch
        {
            LogicalKind.Int64 => "INTEGER",
            LogicalKind.Float64 => "REAL",
            _ => "TEXT",
        };

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, Sample sample, string?[] row)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"INSERT INTO t VALUES ({string.Join(", ", row.Select((_, i) => $"CAST(@p{i} AS {Declared(sample.Columns[i].Type)})"))})";
        for (var i = 0; i < row.Length; i++)
        {
            command.Parameters.AddWithValue($"@p{i}", (object?)row[i] ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }
}

/// <summary>A table without rowid in a database with a rollback journal, keyed by text.</summary>
public sealed class SqliteTextKeyConformanceTests : SqliteSourceConformanceTests
{
    protected override string Journal => "delete";

    protected override string Suffix => " WITHOUT ROWID";

    protected override IReadOnlyList<Column> Columns { get; } =
    [
        new("Odd \"id\"", LogicalType.Text, Nullable: false),
        new("select", LogicalType.Float64),
        new("note", LogicalType.Text),
    ];
}

/// <summary>A query, which has no key of its own.</summary>
public sealed class SqliteQueryConformanceTests : SqliteSourceConformanceTests
{
    protected override bool KnowsKey => false;

    protected override async Task<ISource> CreateAsync(Sample sample)
    {
        await using var table = await base.CreateAsync(sample);
        return File.Query("SELECT * FROM t WHERE id IS NOT NULL -- all of them");
    }
}
