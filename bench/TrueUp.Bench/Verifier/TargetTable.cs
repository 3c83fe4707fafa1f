using System.Data.Common;

namespace TrueUp.Bench.Verifier;

/// <summary>A target's table as somebody with a database client sees it: values are read and written as
/// texts.</summary>
internal abstract class TargetTable(DbConnection connection, string name) : IAsyncDisposable
{
    private const long KeysFree = 10_000_000;

    /// <summary>Whether floats can be NaN there.</summary>
    public abstract bool HasNaN { get; }

    /// <summary>The columns it has.</summary>
    public abstract IReadOnlyCollection<string> Columns { get; }

    /// <summary>The connection.</summary>
    protected DbConnection Connection => connection;

    /// <summary>The quoted name.</summary>
    protected string Name => name;

    /// <summary>A random row's key.</summary>
    public async Task<long> PickAsync(Random random, CancellationToken cancellationToken)
    {
        var rows = (long)(await ScalarAsync($"SELECT count(*) FROM {name}", cancellationToken))!;
        var sql = $"SELECT id FROM {name} ORDER BY id LIMIT 1 OFFSET {random.NextInt64(rows)}";
        return (long)(await ScalarAsync(sql, cancellationToken))!;
    }

    /// <summary>Exchanges two columns in every row; returns the keys of rows that are others now.</summary>
    public async Task<IReadOnlyList<long>> SwapAsync(string left, string right, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT id FROM {name} WHERE \"{left}\" <> \"{right}\"";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<long> keys = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(reader.GetInt64(0));
        }
        await reader.CloseAsync();
        await ExecuteAsync($"UPDATE {name} SET \"{left}\" = \"{right}\", \"{right}\" = \"{left}\"", cancellationToken);
        return keys;
    }

    /// <summary>A key that no row has.</summary>
    public static long NewKey(Random random) => random.NextInt64(KeysFree, 2 * KeysFree);

    /// <summary>A value as text.</summary>
    public abstract Task<string?> ReadAsync(long id, string column, CancellationToken cancellationToken);

    /// <summary>Writes a value given as text.</summary>
    public abstract Task WriteAsync(long id, string column, string? value, CancellationToken cancellationToken);

    /// <summary>Deletes a row.</summary>
    public Task DeleteAsync(long id, CancellationToken cancellationToken) =>
        ExecuteAsync($"DELETE FROM {name} WHERE id = {id}", cancellationToken);

    /// <summary>Deletes every row.</summary>
    public Task ClearAsync(CancellationToken cancellationToken) =>
        ExecuteAsync($"DELETE FROM {name}", cancellationToken);

    /// <summary>Gives a row another key.</summary>
    public Task RekeyAsync(long id, long newId, CancellationToken cancellationToken) =>
        ExecuteAsync($"UPDATE {name} SET id = {newId} WHERE id = {id}", cancellationToken);

    /// <summary>Adds a copy of a row under another key.</summary>
    public Task CopyAsync(long id, long newId, CancellationToken cancellationToken)
    {
        var others = string.Join(", ", Columns.Where(c => c != "id").Select(c => $"\"{c}\""));
        return ExecuteAsync(
            $"INSERT INTO {name} (id, {others}) SELECT {newId}, {others} FROM {name} WHERE id = {id}",
            cancellationToken
        );
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    protected async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
