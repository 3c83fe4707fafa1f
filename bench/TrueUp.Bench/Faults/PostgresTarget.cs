using Npgsql;

namespace TrueUp.Bench.Faults;

/// <summary>A table of PostgreSQL.</summary>
/// <param name="url">Where we look at it.</param>
/// <param name="seenAs">Where TrueUp writes it, which may be a proxy.</param>
internal sealed class PostgresTarget(PostgresAddress url, PostgresAddress seenAs) : IFaultTarget
{
    public string Yaml => $"{{type: postgres, connection: '{seenAs.Url}', table: public.target_items}}";

    public async Task<List<string>> LinesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await url.OpenAsync(cancellationToken);
        if (!await ExistsAsync(connection, "public.target_items", cancellationToken))
        {
            return [];
        }
        // No COLLATE "C" is needed: the order is made here.
        await using var command = new NpgsqlCommand(
            "SELECT concat_ws('|', id, version, name, amount) FROM public.target_items",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> lines = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public async Task<TargetMark> MarkAsync(CancellationToken cancellationToken)
    {
        await using var connection = await url.OpenAsync(cancellationToken);
        if (!await ExistsAsync(connection, "trueup.state", cancellationToken))
        {
            return default;
        }

        await using var command = new NpgsqlCommand("SELECT epoch, checkpoint FROM trueup.state", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new TargetMark(reader.GetInt64(0), reader.GetInt64(1))
            : default;
    }

    public async Task<bool> IsLockedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await url.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM (SELECT 1 FROM trueup.state FOR UPDATE SKIP LOCKED) AS free",
            connection
        );
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! == 0;
    }

    public async Task DropAsync(CancellationToken cancellationToken)
    {
        await using var connection = await url.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("DROP TABLE IF EXISTS public.target_items", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> ExistsAsync(
        NpgsqlConnection connection,
        string table,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection)
        {
            Parameters = { new NpgsqlParameter { Value = table } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
