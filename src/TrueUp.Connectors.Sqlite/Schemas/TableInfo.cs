using TrueUp.Connectors.Sqlite.Connections;

namespace TrueUp.Connectors.Sqlite.Schemas;

/// <summary>What the database says about a table or view.</summary>
internal sealed class TableInfo
{
    /// <summary>The name as created, which may differ in case from how it was asked for.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<TableColumn> Columns { get; init; }

    public required IReadOnlyList<TableIndex> Indexes { get; init; }

    /// <summary>The column that is the rowid, or null.</summary>
    public string? RowId { get; init; }

    /// <summary>The primary key's columns in key order; empty when there is none.</summary>
    public IReadOnlyList<string> Key =>
        field ??= [.. Columns.Where(c => c.KeyPosition > 0).OrderBy(c => c.KeyPosition).Select(c => c.Name)];

    /// <summary>The column of a name. SQLite compares names without regard to case (ASCII).</summary>
    public TableColumn? Find(string name) => Columns.FirstOrDefault(c => SameName(c.Name, name));

    /// <summary>Whether a column is the rowid, which is an integer and never null.</summary>
    public bool IsRowId(string name) => RowId is not null && SameName(RowId, name);

    /// <summary>Whether SQLite can find rows by these columns without reading the table.</summary>
    public bool IsIndexed(IReadOnlyList<string> columns) =>
        Indexes.Any(i => i.Columns.Count >= columns.Count && SameSet(i.Columns.Take(columns.Count), columns));

    /// <summary>Whether SQLite keeps exactly these columns unique.</summary>
    public bool IsUnique(IReadOnlyList<string> columns) =>
        Indexes.Any(i => i.IsUnique && i.Columns.Count == columns.Count && SameSet(i.Columns, columns));

    /// <summary>Looks a table or view up.</summary>
    /// <returns>Null when there is none.</returns>
    public static TableInfo? Read(Connection connection, string table)
    {
        using var found = connection.Prepare(
            "SELECT name FROM sqlite_schema WHERE name = ?1 COLLATE NOCASE AND type IN ('table', 'view')"
        );
        if (!found.Bind(1, table).Step())
        {
            return null;
        }
        var name = found.Text(0)!;
        var columns = ReadColumns(connection, name);
        var (indexes, hasKeyIndex) = ReadIndexes(connection, name);
        // A primary key without an index is the rowid itself.
        var rowId = hasKeyIndex ? null : columns.Find(c => c.KeyPosition == 1)?.Name;
        if (rowId is not null)
        {
            indexes.Insert(0, new TableIndex([rowId], IsUnique: true));
        }
        return new TableInfo
        {
            Name = name,
            Columns = columns,
            Indexes = indexes,
            RowId = rowId,
        };
    }

    private static List<TableColumn> ReadColumns(Connection connection, string table)
    {
        // Hidden columns: 1 belongs to a virtual table's own interface, 2 and 3 are generated.
        using var statement = connection.Prepare(
            "SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid"
        );
        statement.Bind(1, table);
        var columns = new List<TableColumn>();
        while (statement.Step())
        {
            columns.Add(
                new TableColumn(
                    statement.Text(0)!,
                    new DeclaredType(statement.Text(1) ?? ""),
                    statement.Int64(2) != 0,
                    (int)statement.Int64(3),
                    statement.Int64(4) > 1
                )
            );
        }
        return columns;
    }

    private static (List<TableIndex> Indexes, bool HasKeyIndex) ReadIndexes(Connection connection, string table)
    {
        using var statement = connection.Prepare(
            "SELECT name, \"unique\", origin FROM pragma_index_list(?1) WHERE partial = 0 ORDER BY seq"
        );
        using var members = connection.Prepare("SELECT name FROM pragma_index_info(?1) ORDER BY seqno");
        statement.Bind(1, table);
        var indexes = new List<TableIndex>();
        var hasKeyIndex = false;
        while (statement.Step())
        {
            members.Bind(1, statement.Text(0));
            var names = new List<string?>();
            while (members.Step())
            {
                names.Add(members.Text(0));
            }
            members.Reset();
            // An expression, or the rowid, has no name.
            var leading = names.TakeWhile(n => n is not null).Select(n => n!).ToList();
            indexes.Add(new TableIndex(leading, statement.Int64(1) != 0 && leading.Count == names.Count));
            hasKeyIndex |= string.Equals(statement.Text(2), "pk", StringComparison.Ordinal);
        }
        return (indexes, hasKeyIndex);
    }

    private static bool SameSet(IEnumerable<string> left, IReadOnlyList<string> right) =>
        left.All(l => right.Any(r => SameName(l, r)));

    private static bool SameName(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
