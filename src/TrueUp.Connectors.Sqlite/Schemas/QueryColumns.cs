using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Schemas;

/// <summary>The result columns of a query; a column that is an expression has no declared type.</summary>
internal static class QueryColumns
{
    /// <exception cref="SideException">It is no single SELECT with named columns.</exception>
    public static List<(string Name, DeclaredType Type)> Read(Connection connection, string query, string side)
    {
        var result = raw.sqlite3_prepare_v2(connection.Handle, query, out var handle, out string tail);
        if (result != raw.SQLITE_OK)
        {
            throw connection.Failure(result);
        }
        using var statement = new Statement(connection, handle);
        // A query of nothing but comments compiles to no statement at all.
        if (
            handle.IsInvalid
            || raw.sqlite3_stmt_readonly(handle) == 0
            || raw.sqlite3_column_count(handle) == 0
            || !IsBlank(tail)
        )
        {
            throw Refuse(
                $"The query of {side} is not one SELECT.",
                "Give a single SELECT statement that returns columns."
            );
        }
        var columns = Enumerable
            .Range(0, raw.sqlite3_column_count(handle))
            .Select(i =>
                (
                    raw.sqlite3_column_name(handle, i).utf8_to_string(),
                    new DeclaredType(raw.sqlite3_column_decltype(handle, i).utf8_to_string() ?? "")
                )
            )
            .ToList();
        var twice = columns.GroupBy(c => c.Item1, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? columns
            : throw Refuse($"The query of {side} returns two columns named '{twice.Key}'.", "Name them apart with AS.");
    }

    private static bool IsBlank(string? tail) => tail is null || tail.Trim().Trim(';').Trim().Length == 0;

    private static SideException Refuse(string message, string suggestion) =>
        new(ErrorType.Validation, message, suggestion) { Code = "bad_query" };
}
