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
        this ControlDatabase database,
        string sql,
        object? parameters,
        Func<RowReader, T> read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ReadAsync(database, sql, parameters, read, cancellationToken);
        }
        catch (DbException error) when (database.Classify(error) == WriteFault.Lost)
        {
            // The connection may have been idle while the server was restarted: reading again costs nothing.
        }
        catch (DbException error)
        {
            throw database.Translate(error);
        }
        try
        {
            return await ReadAsync(database, sql, parameters, read, cancellationToken);
        }
        catch (DbException error)
        {
            throw database.Translate(error);
        }
    }

    private static async ValueTask<List<T>> ReadAsync<T>(
        ControlDatabase database,
        string sql,
        object? parameters,
        Func<RowReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var rows = await connection.ExecuteReaderAsync(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)
        );
        var list = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
        {
            list.Add(read(new RowReader(rows, database)));
        }
        return list;
    }

    /// <summary>Gives the rows of a query one by one, however many there are.</summary>
    public static async ValueTask ReadAsync(
        this ControlDatabase database,
        string sql,
        object parameters,
        Action<DbDataReader> read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var connection = await database.ConnectAsync(cancellationToken);
            await using var rows = await connection.ExecuteReaderAsync(
                new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)
            );
            while (await rows.ReadAsync(cancellationToken))
            {
                read(rows);
            }
        }
        catch (DbException error)
        {
            throw database.Translate(error);
        }
    }
}
