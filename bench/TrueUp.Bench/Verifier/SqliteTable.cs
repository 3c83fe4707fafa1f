using System.Globalization;
using Microsoft.Data.Sqlite;

namespace TrueUp.Bench.Verifier;

/// <summary>A table of a database file. A value is written in the storage class it had; blobs read as
/// <c>\x…</c>.</summary>
internal sealed class SqliteTable : TargetTable
{
    private readonly List<string> _columns;

    private SqliteTable(SqliteConnection connection, string name, List<string> columns)
        : base(connection, name) => _columns = columns;

    public override bool HasNaN => false;

    public override IReadOnlyCollection<string> Columns => _columns;

    public static async Task<TargetTable> OpenAsync(string path, string name, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{name}')";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> columns = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add(reader.GetString(0));
        }
        return new SqliteTable(connection, name, columns);
    }

    public override async Task<string?> ReadAsync(long id, string column, CancellationToken cancellationToken) =>
        await ScalarAsync($"SELECT \"{column}\" FROM {Name} WHERE id = {id}", cancellationToken) switch
        {
            byte[] bytes => "\\x" + Convert.ToHexStringLower(bytes),
            double real => real.ToString("R", CultureInfo.InvariantCulture),
            long number => number.ToString(CultureInfo.InvariantCulture),
            string text => text,
            _ => null,
        };

    public override async Task WriteAsync(long id, string column, string? value, CancellationToken cancellationToken)
    {
        var storage = await ScalarAsync($"SELECT typeof(\"{column}\") FROM {Name} WHERE id = {id}", cancellationToken);
        await using var command = Connection.CreateCommand();
        command.CommandText = $"UPDATE {Name} SET \"{column}\" = $value WHERE id = {id}";
        var parameter = command.CreateParameter();
        parameter.ParameterName = "$value";
        parameter.Value = (value, storage) switch
        {
            (null, _) => DBNull.Value,
            (_, "integer") => long.Parse(value, CultureInfo.InvariantCulture),
            (_, "real") => double.Parse(value, CultureInfo.InvariantCulture),
            (_, "blob") => Convert.FromHexString(value.AsSpan(2)),
            _ => value,
        };
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
