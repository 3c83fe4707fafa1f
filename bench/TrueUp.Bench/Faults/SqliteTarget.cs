using Microsoft.Data.Sqlite;

namespace TrueUp.Bench.Faults;

/// <summary>A table of a database file.</summary>
internal sealed class SqliteTarget(string path) : IFaultTarget
{
    public string Yaml => $"{{type: sqlite, path: {path}, table: target_items, busy_timeout: 2}}";

    public Task<List<string>> LinesAsync(CancellationToken cancellationToken)
    {
        List<string> lines = [];
        Read(
            "target_items",
            "SELECT concat_ws('|', id, version, name, amount) FROM target_items",
            row => lines.Add(row.GetString(0)),
            cancellationToken
        );
        lines.Sort(StringComparer.Ordinal);
        return Task.FromResult(lines);
    }

    public Task<TargetMark> MarkAsync(CancellationToken cancellationToken)
    {
        TargetMark mark = default;
        Read(
            "trueup_state",
            "SELECT epoch, checkpoint FROM trueup_state",
            row => mark = new TargetMark(row.GetInt64(0), row.GetInt64(1)),
            cancellationToken
        );
        return Task.FromResult(mark);
    }

    public Task<bool> IsLockedAsync(CancellationToken cancellationToken)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        // The driver itself repeats what is busy until this is over.
        command.CommandTimeout = 1;
        try
        {
            command.ExecuteNonQuery();
            command.CommandText = "ROLLBACK";
            command.ExecuteNonQuery();
            return Task.FromResult(false);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return Task.FromResult(true);
        }
    }

    public Task DropAsync(CancellationToken cancellationToken)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm", "-journal"])
        {
            File.Delete(path + suffix);
        }

        return Task.CompletedTask;
    }

    private void Read(string table, string sql, Action<SqliteDataReader> row, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return;
        }
        // Not read-only: who opens a database after a crash finishes its recovery.
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_schema WHERE name = '{table}'";
        if ((long)command.ExecuteScalar()! == 0)
        {
            return;
        }

        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            row(reader);
        }
    }
}
