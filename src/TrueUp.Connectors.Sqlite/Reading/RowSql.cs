using TrueUp.Connectors.Sqlite.Connections;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>The statements that read one table, view or query.</summary>
/// <param name="from">The table, quoted, or a query in parentheses.</param>
/// <param name="columns">What is read, in plan order.</param>
/// <param name="owns">A condition that limits the rows, or null.</param>
internal sealed class RowSql(string from, IReadOnlyList<string> columns, string? owns)
{
    private readonly string _select = $"SELECT {Identifier.List(columns)} FROM {from}";

    // The condition is the user's and may end in a comment, hence the line break.
    private readonly string? _owned = owns is null ? null : $"({owns}\n)";

    /// <summary>What is read.</summary>
    public string From => from;

    /// <summary>A table as a source of rows.</summary>
    public static string Table(string name) => Identifier.Quote(name);

    /// <summary>A query as a source of rows.</summary>
    public static string Query(string sql) => $"({sql.TrimEnd().TrimEnd(';')}\n)";

    /// <summary>Every row.</summary>
    public string All() => _select + Where();

    /// <summary>One row, if there is any.</summary>
    public string Any() => $"SELECT 1 FROM {from}{Where()} LIMIT 1";

    /// <summary>
    /// The rows with the first key column from parameter 1, inclusive, to parameter 2, exclusive, as far as given.
    /// </summary>
    public string Range(string column, bool hasFrom, bool hasTo)
    {
        var name = Identifier.Quote(column);
        return _select + Where(hasFrom ? $"{name} >= ?1" : null, hasTo ? $"{name} < ?2" : null);
    }

    /// <summary>The row of one key; its columns are the parameters in key order.</summary>
    /// <param name="key">The key's columns, and whether each is text.</param>
    public string ByKey(IEnumerable<(string Column, bool IsText)> key) => _select + Where([.. KeyConditions(key, 1)]);

    /// <summary>
    /// The value of an ordered column that stands behind so many (parameter 2) rows, from a value (parameter 1) on.
    /// </summary>
    public string Cut(string column)
    {
        var name = Identifier.Quote(column);
        return $"SELECT {name} FROM {from}{Where($"{name} >= ?1")} ORDER BY {name} LIMIT 1 OFFSET ?2";
    }

    /// <summary>
    /// The conditions that find a key. IS finds null as well and uses an index as = does. A column may compare texts
    /// without
    /// regard to case, which would find another key's row; the second condition keeps to the bytes and the first to the
    /// index.
    /// </summary>
    public static IEnumerable<string> KeyConditions(IEnumerable<(string Column, bool IsText)> key, int parameter)
    {
        foreach (var (column, isText) in key)
        {
            var name = Identifier.Quote(column);
            yield return $"{name} IS ?{parameter}";
            if (isText)
            {
                yield return $"{name} IS ?{parameter} COLLATE BINARY";
            }
            parameter++;
        }
    }

    private string Where(params string?[] conditions)
    {
        var all = conditions.Append(_owned).Where(c => c is not null).ToList();
        return all.Count == 0 ? "" : $" WHERE {string.Join(" AND ", all)}";
    }
}
