using Npgsql;
using NpgsqlTypes;

namespace TrueUp.Bench.Verifier;

/// <summary>A table of PostgreSQL.</summary>
internal sealed class PostgresTable : TargetTable
{
    private readonly Dictionary<string, string> _types;

    private PostgresTable(NpgsqlConnection connection, string name, Dictionary<string, string> types)
        : base(connection, name) => _types = types;

    public override bool HasNaN => true;

    public override IReadOnlyCollection<string> Columns => _types.Keys;

    public static async Task<TargetTable> OpenAsync(
        NpgsqlConnection connection,
        string name,
        CancellationToken cancellationToken
    )
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(
            "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0",
            connection
        )
        {
            Parameters = { new NpgsqlParameter { Value = name } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            types.Add(reader.GetString(0), reader.GetString(1));
        }
        return new PostgresTable(connection, name, types);
    }

    public override async Task<string?> ReadAsync(long id, string column, CancellationToken cancellationToken) =>
        await ScalarAsync($"SELECT \"{column}\"::text FROM {Name} WHERE id = {id}", cancellationToken) as string;

    public override async Task WriteAsync(long id, string column, string? value, CancellationToken cancellationToken)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = $"UPDATE {Name} SET \"{column}\" = $1::text::{_types[column]} WHERE id = {id}";
        command.Parameters.Add(
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value }
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
