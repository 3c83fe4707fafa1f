using System.Data.Common;
using Dapper;

namespace TrueUp.Store.Database;

/// <summary>Writing within a transaction.</summary>
internal static class TransactionCommands
{
    /// <summary>Executes statements, once for each element when the parameters are a list.</summary>
    /// <returns>How many rows were changed.</returns>
    public static int Execute(this DbTransaction transaction, string sql, object parameters) =>
        transaction.Connection!.Execute(sql, parameters, transaction);
}
