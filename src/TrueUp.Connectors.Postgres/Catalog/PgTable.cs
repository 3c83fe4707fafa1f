using TrueUp.Connectors.Postgres.Names;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Catalog;

/// <summary>A table, view or query as the server describes it.</summary>
/// <param name="From">What stands behind FROM.</param>
/// <param name="Columns">Its columns in order.</param>
/// <param name="Key">The primary key's columns, in key order; empty when it has none.</param>
/// <param name="UniqueKeys">Further sets of columns kept unique and not null.</param>
internal sealed record PgTable(
    string From,
    IReadOnlyList<PgColumn> Columns,
    IReadOnlyList<string> Key,
    IReadOnlyList<IReadOnlyList<string>> UniqueKeys
)
{
    /// <summary>The table's name, or null for a query.</summary>
    public SqlName? Name { get; init; }

    /// <summary>The catalog's number of the table, or 0 for a query.</summary>
    public long Oid { get; init; }

    /// <summary>
    /// The catalog's kind: <c>r</c> table, <c>p</c> partitioned, <c>v</c> view, <c>m</c> materialised, <c>f</c>
    /// foreign, <c>q</c> query.
    /// </summary>
    public char Kind { get; init; } = 'q';

    /// <summary>True for a table whose first load has not ended: its primary key is declared but not built.</summary>
    public bool KeyIsLate { get; init; }

    /// <summary>Whether its size is known and its pages can be sampled.</summary>
    public bool HasPages => Kind is 'r' or 'p' or 'm';

    /// <summary>The column of a name.</summary>
    /// <exception cref="SideException">There is none any more.</exception>
    public PgColumn this[string column] =>
        Columns.FirstOrDefault(c => c.Name == column)
        ?? throw new SideException(
            ErrorType.Database,
            $"{Name?.ToString() ?? "The query"} has no column '{column}' any more.",
            "Run again: the table changed."
        )
        {
            Code = "column_missing",
        };

    /// <summary>As the engine sees it.</summary>
    public SideSchema ToSchema()
    {
        List<Finding> findings = [];
        foreach (var name in Columns.GroupBy(c => c.Name).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            findings.Add(
                new Finding(
                    "duplicate_column",
                    $"Two columns are named '{name}'.",
                    "Name the columns of the query apart with AS."
                )
                {
                    Path = name,
                }
            );
        }
        return new SideSchema([.. Columns.Select(c => c.ToColumn())], Key, UniqueKeys, findings);
    }
}
