using System.Data.Common;
using System.Text;

namespace TrueUp.Store.Database;

/// <summary>
/// Inserts many rows with few statements: over a network a statement costs more than the rows in it.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="columns">Its columns, in the order of a row's values.</param>
internal sealed class BulkInsert(string table, params BulkColumn[] columns)
{
    /// <summary>Databases allow tens of thousands of parameters in a statement; the gain ends long before.</summary>
    private const int ParametersMax = 2000;

    /// <summary>Inserts rows in their order.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="database">The database it is of.</param>
    /// <param name="rows">The values of each row.</param>
    public void Execute(DbTransaction transaction, ControlDatabase database, IEnumerable<object?[]> rows)
    {
        foreach (var chunk in rows.Chunk(ParametersMax / columns.Length))
        {
            using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = Sql(database, chunk.Length);
            foreach (var (value, name) in chunk.SelectMany(row => row).Select((value, i) => (value, $"@p{i}")))
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value ?? DBNull.Value;
                command.Parameters.Add(parameter);
            }
            command.ExecuteNonQuery();
        }
    }

    private string Sql(ControlDatabase database, int rows)
    {
        var sql = new StringBuilder($"INSERT INTO {table} ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (var i = 0; i < columns.Length; i++)
            {
                var parameter = $"@p{(row * columns.Length) + i}";
                sql.Append(i == 0 ? "" : ", ").Append(columns[i].IsJson ? database.Json(parameter) : parameter);
            }
            sql.Append(')');
        }
        return sql.ToString();
    }
}
