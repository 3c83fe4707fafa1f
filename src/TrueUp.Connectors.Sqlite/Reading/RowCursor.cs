using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>
/// Walks the rows of a statement. A row that cannot be carried as it is, is rejected on a source. On a target it is
/// there all
/// the same and must differ from whatever the source has, or the difference would stay: it is read with null for what
/// cannot be expressed, and its hash is moved on by one, so that it equals no row at all, that of nulls included.
/// </summary>
internal sealed class RowCursor(RowSetSettings settings, RowReader reader, Statement statement)
{
    private readonly RowPlan _plan = settings.Plan;
    private readonly RowHasher _hasher = new(settings.Plan.Schema);

    /// <summary>What the hash of the row read last is moved on by: 0 for a row that could be carried.</summary>
    public long Move => reader.IsExact ? 0 : 1;

    /// <summary>Writes the next row to a builder and leaves it open.</summary>
    /// <returns>False when there is none; nothing is open then.</returns>
    public bool Next(RowBatchBuilder row, IRejectSink? rejects)
    {
        while (statement.Step())
        {
            reader.Read(statement, row);
            if (reader.IsExact || Keep(row, rejects))
            {
                return true;
            }
            row.CancelRow();
        }
        return false;
    }

    /// <summary>The hash of the row read last.</summary>
    public long Hash(RowBatchBuilder row, long seed) => unchecked(_hasher.HashRow(row.CurrentRow, seed) + Move);

    private bool Keep(RowBatchBuilder row, IRejectSink? rejects)
    {
        if (settings.Role == SideRole.Source)
        {
            rejects?.Reject(FaultyRow.Reject(_plan, reader, statement, row.CurrentRow));
            return false;
        }
        var key = FaultyRow.KeyFault(_plan, reader, statement, row.CurrentRow);
        return key < 0 ? true : throw FaultyRow.UnreadableKey(_plan, settings.Side, key);
    }
}
