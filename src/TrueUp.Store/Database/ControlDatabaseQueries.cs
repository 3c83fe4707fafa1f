using System.Data.Common;
using Dapper;

namespace TrueUp.Store.Database;

/// <summary>Reading from a control database, whichever dialect it speaks.</summary>
internal static class ControlDatabaseQueries
{
    /// <summary>
    /// All rows of a query, each read by <paramref name="read"/>; the caller limits how many there can be.
    /// </summary>
    public static async ValueTask<List<T>> QueryAsync<T>(
        this ControlDatabase database, string sql, object? parameters, Func<RowReader, T> read,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = database.Connect();
            await using var rows = await connection.ExecuteReaderAsync(
                new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
            var list = new List<T>();
            while (await rows.ReadAsync(cancellationToken))
            {
                list.Add(read(new RowReader(rows, database)));
            }
            return list;
        }
        catch (DbException error)
        {
            throw database.Translate(error);
        }
    }
}
