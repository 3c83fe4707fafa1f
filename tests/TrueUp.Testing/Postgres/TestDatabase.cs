using Npgsql;

namespace TrueUp.Testing.Postgres;

/// <summary>A database of one test. Disposing ends its connections and drops it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;
    private readonly NpgsqlDataSource _source;

    internal TestDatabase(PostgresCluster cluster, string name, string connectionString)
    {
        _cluster = cluster;
        _source = NpgsqlDataSource.Create(connectionString);
        Name = name;
        ConnectionString = connectionString;
    }

    /// <summary>The database's name, which needs no quoting.</summary>
    public string Name { get; }

    /// <summary>Npgsql keywords, with the password, for the code under test.</summary>
    public string ConnectionString { get; }

    /// <summary>The same as a <c>postgres://</c> URL.</summary>
    public string Url
    {
        get
        {
            NpgsqlConnectionStringBuilder parts = new(ConnectionString);
            return $"postgres://{parts.Username}:{parts.Password}@{parts.Host}:{parts.Port}/{parts.Database}";
        }
    }

    /// <summary>Opens a connection that the caller disposes.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken = default) =>
        await _source.OpenConnectionAsync(cancellationToken);

    /// <summary>Runs one or more statements in one transaction and returns the number of rows they changed.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken = default)
    {
        await using NpgsqlCommand command = _source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The rows of a query as Npgsql maps them, with null for NULL.</summary>
    public async Task<IReadOnlyList<object?[]>> QueryAsync(string sql, CancellationToken cancellationToken = default)
    {
        await using NpgsqlCommand command = _source.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<object?[]> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            object?[] row = new object?[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The first column of a query's first row. Throws if it has no row or another type.</summary>
    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken = default) =>
        (T)(await QueryAsync(sql, cancellationToken))[0][0]!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        // The code under test connects through Npgsql's shared pool; what idles there counts against the limit.
        await using (NpgsqlConnection connection = new(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await _cluster.ExecuteAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
    }
}
