using TrueUp.Connectors.Sqlite.Cells;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Connectors.Sqlite.Reading;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Writing;

/// <summary>
/// Updates and deletes rows that are still what Compare saw: the row is read and hashed again in the transaction.
/// </summary>
internal sealed class RowChanger : IDisposable
{
    private readonly RowSetSettings _settings;
    private readonly RowPlan _plan;
    private readonly KeyFinder _finder;
    private readonly int[] _set;
    private readonly Statement _select;
    private readonly Statement _update;
    private readonly Statement _delete;
    private readonly RowCursor _cursor;
    private readonly RowBatchBuilder _row;

    public RowChanger(Connection connection, RowSetSettings settings)
    {
        _settings = settings;
        _plan = settings.Plan;
        _finder = new KeyFinder(settings);
        _set = SetColumns(_plan);
        var table = settings.Sql.From;
        var set = string.Join(
            ", ",
            _set.Select((o, i) => $"{Identifier.Quote(_plan.Columns[o].TargetName)} = ?{i + 1}")
        );
        _select = connection.Prepare(_finder.SelectSql);
        _update = connection.Prepare(
            $"UPDATE {table} SET {set} WHERE {string.Join(" AND ", RowSql.KeyConditions(_finder.Key, _set.Length + 1))}"
        );
        _delete = connection.Prepare(
            $"DELETE FROM {table} WHERE {string.Join(" AND ", RowSql.KeyConditions(_finder.Key, 1))}"
        );
        _cursor = new RowCursor(settings, _finder.Reader, _select);
        _row = new RowBatchBuilder(_plan.Schema, rowsMax: 1);
    }

    /// <summary>
    /// Applies a batch in the open transaction and adds the positions of rows that are not what was expected.
    /// </summary>
    public void Change(ChangeBatch batch, List<int> conflicts)
    {
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            var row = batch.Rows.Row(i);
            if (!IsAsExpected(row, batch.Rows.Schema.KeyOrdinals, batch.Expected.Span[i], batch.Seed))
            {
                conflicts.Add(i);
            }
            else if (batch.Kind == ChangeKind.Delete)
            {
                _finder.TryBind(_delete, row, batch.Rows.Schema.KeyOrdinals);
                _delete.Run();
            }
            else
            {
                Update(row);
            }
        }
    }

    public void Dispose()
    {
        _select.Dispose();
        _update.Dispose();
        _delete.Dispose();
        _row.Dispose();
    }

    // The key is what the row is found by. A row that is nothing but key is written as it should be spelled.
    private static int[] SetColumns(RowPlan plan)
    {
        var written = Enumerable.Range(0, plan.Columns.Count).Where(i => plan.Columns[i].Written).ToArray();
        var values = written.Except(plan.Schema.KeyOrdinals).ToArray();
        return values.Length > 0 ? values : written;
    }

    private bool IsAsExpected(ReadOnlySpan<byte> tuple, IReadOnlyList<int> ordinals, long expected, long seed)
    {
        try
        {
            if (!_finder.TryBind(_select, tuple, ordinals) || !_cursor.Next(_row, null))
            {
                return false;
            }
            var hash = _cursor.Hash(_row, seed);
            _row.CancelRow();
            return hash == expected;
        }
        finally
        {
            _select.Reset();
        }
    }

    private void Update(ReadOnlySpan<byte> row)
    {
        for (var i = 0; i < _set.Length; i++)
        {
            if (!FieldReader.At(row, _set[i], out var value))
            {
                _update.BindNull(i + 1);
            }
            else if (!_finder.Reader.Cells[_set[i]].TryBind(_update, i + 1, value))
            {
                throw Unfit.Value(_settings.Side, _plan.Columns[_set[i]]);
            }
        }
        _finder.TryBind(_update, row, _plan.Schema.KeyOrdinals, _set.Length + 1);
        _update.Run();
    }
}
