using Npgsql;

namespace TrueUp.Connectors.Postgres.Sessions;

/// <summary>One connection with pinned settings.</summary>
/// <param name="Connection">The driver's connection.</param>
/// <param name="Version">The server's version as a number, such as 150004.</param>
/// <param name="HashesAlike">Whether the server digests rows exactly as this process does; otherwise it is done
/// here.</param>
/// <param name="ServerName">Host, port and database.</param>
internal sealed record Session(NpgsqlConnection Connection, int Version, bool HashesAlike, string ServerName)
    : IAsyncDisposable
{
    /// <summary>A command; parameters are <c>$1</c>, <c>$2</c>, ….</summary>
    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = new NpgsqlCommand(sql, Connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter ?? DBNull.Value });
        }

        return command;
    }

    /// <summary>Runs statements and returns how many rows they changed.</summary>
    public async ValueTask<int> ExecuteAsync(string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first value of the first row, or null.</summary>
    public async ValueTask<object?> ScalarAsync(string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        var value = await command.ExecuteScalarAsync(cancellationToken);
        return value is DBNull ? null : value;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
