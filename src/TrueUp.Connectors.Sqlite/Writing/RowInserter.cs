using TrueUp.Connectors.Sqlite.Cells;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Connectors.Sqlite.Reading;
using TrueUp.Connectors.Sqlite.Schemas;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Writing;

/// <summary>
/// Inserts rows whose key is free; a taken key is a conflict. Only the key's own index may be in conflict: another
/// unique
/// column is a constraint the record breaks.
/// </summary>
internal sealed class RowInserter : IDisposable
{
    private readonly Connection _connection;
    private readonly SqliteSide _side;
    private readonly RowPlan _plan;
    private readonly Cell[] _cells;
    private readonly Statement _insert;

    public RowInserter(Connection connection, TableInfo table, RowSetSettings settings)
    {
        _connection = connection;
        _side = settings.Side;
        _plan = settings.Plan;
        _cells = settings.Cells();
        _insert = connection.Prepare(Sql(table, settings));
    }

    /// <summary>Inserts a batch in the open transaction and adds the positions of rows whose key is taken.</summary>
    public void Insert(ChangeBatch batch, List<int> conflicts)
    {
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            var fields = batch.Rows.Fields(i);
            var parameter = 0;
            for (var column = 0; column < _cells.Length; column++)
            {
                var isNull = !fields.Next(out var value);
                if (!_plan.Columns[column].Written)
                {
                    continue;
                }
                parameter++;
                if (isNull)
                {
                    BindNull(column, parameter);
                }
                else if (!_cells[column].TryBind(_insert, parameter, value))
                {
                    throw Unfit.Value(_side, _plan.Columns[column]);
                }
            }
            _insert.Run();
            if (_connection.Changes == 0)
            {
                conflicts.Add(i);
            }
        }
    }

    public void Dispose() => _insert.Dispose();

    // An INTEGER PRIMARY KEY takes null for "the next number", whatever NOT NULL says.
    private void BindNull(int column, int parameter)
    {
        if (_plan.Schema.KeyOrdinals.Contains(column))
        {
            throw Unfit.Key(_side, _plan.Columns[column]);
        }
        _insert.BindNull(parameter);
    }

    private string Sql(TableInfo table, RowSetSettings settings)
    {
        var written = _plan
            .Columns.Select((c, i) => (c.TargetName, Ordinal: i, c.Written))
            .Where(c => c.Written)
            .ToList();
        var into = $"INSERT INTO {Identifier.Quote(table.Name)} ({Identifier.List(written.Select(w => w.TargetName))})";
        var values = string.Join(", ", written.Select((_, i) => $"?{i + 1}"));
        if (table.IsUnique(settings.Key))
        {
            return $"{into} VALUES ({values}) ON CONFLICT ({Identifier.List(settings.Key)}) DO NOTHING";
        }
        // Nothing keeps the key unique, so it is looked for.
        var conditions = _plan.Schema.KeyOrdinals.SelectMany(o =>
            RowSql.KeyConditions(
                [(_plan.Columns[o].TargetName, _cells[o].IsText)],
                written.FindIndex(w => w.Ordinal == o) + 1
            )
        );
        return $"{into} SELECT {values} WHERE NOT EXISTS (SELECT 1 FROM {Identifier.Quote(table.Name)} WHERE {string.Join(" AND ", conditions)})";
    }
}
