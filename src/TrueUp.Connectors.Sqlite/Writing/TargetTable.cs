using TrueUp.Connectors.Sqlite.Cells;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Connectors.Sqlite.Reading;
using TrueUp.Connectors.Sqlite.Schemas;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Writing;

/// <summary>A target's table with a plan: how its rows are read and found.</summary>
internal static class TargetTable
{
    /// <summary>Looks the table up and fits the plan to it.</summary>
    /// <exception cref="SideException">The table or a column is missing.</exception>
    public static (TableInfo Table, RowSetSettings Settings) Fit(Connection connection, SqliteSide side, RowPlan plan)
    {
        var table = TableInfo.Read(connection, side.Table!) ?? throw Missing(side);
        var types = plan
            .Columns.Select(c =>
                table.Find(c.TargetName)?.Type
                ?? throw new SideException(
                    ErrorType.Database,
                    $"{side.Name} has no column '{c.TargetName}'.",
                    "The table changed since the run was planned; run it again."
                )
                {
                    Code = "column_missing",
                }
            )
            .ToArray();
        var keys = plan.Schema.KeyOrdinals;
        var names = keys.Select(o => plan.Columns[o].TargetName).ToList();
        var factory = new CellFactory(plan.RowBytesMax, connection.IsUtf8);
        return (
            table,
            new RowSetSettings
            {
                Side = side,
                Role = SideRole.Target,
                Plan = plan,
                Sql = new RowSql(RowSql.Table(table.Name), [.. plan.Columns.Select(c => c.TargetName)], side.Owns),
                Key = names,
                Cells = () =>
                    [.. types.Select((t, i) => factory.ForTarget(t, plan.Columns[i].Carrier, keys.Contains(i)))],
                CanSeek = table.IsIndexed(names),
                HasLeadingIndex = table.IsIndexed([names[0]]),
            }
        );
    }

    /// <summary>There is no such table.</summary>
    public static SideException Missing(SqliteSide side) =>
        new(
            ErrorType.Database,
            $"{side.Path} has no table '{side.Table}'.",
            "Create it, or allow it with create: true."
        )
        {
            Code = "table_missing",
        };
}
