using System.Data.Common;
using Dapper;

namespace TrueUp.Store.Database;

/// <summary>Working within a transaction.</summary>
internal static class TransactionCommands
{
    /// <summary>Executes statements, once for each element when the parameters are a list.</summary>
    /// <returns>How many rows were changed.</returns>
    public static int Execute(this DbTransaction transaction, string sql, object parameters) =>
        transaction.Connection!.Execute(sql, parameters, transaction);

    /// <summary>The first row of a query as the transaction sees it, or null.</summary>
    public static T? First<T>(
        this DbTransaction transaction,
        ControlDatabase database,
        string sql,
        object parameters,
        Func<RowReader, T> read
    )
        where T : class
    {
        using var rows = (DbDataReader)transaction.Connection!.ExecuteReader(sql, parameters, transaction);
        return rows.Read() ? read(new RowReader(rows, database)) : null;
    }
}
