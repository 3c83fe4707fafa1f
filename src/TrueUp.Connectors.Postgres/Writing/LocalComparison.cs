using System.Buffers.Binary;
using TrueUp.Connectors.Postgres.Reading;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Writing;

/// <summary>
/// Compares the target's rows with what is expected in this process, for servers that do not hash as we do.
/// </summary>
internal sealed class LocalComparison
{
    private readonly Session _session;
    private readonly ChangeSql _sql;
    private readonly RowSchema _locked;
    private readonly RowSchema _row;
    private readonly RowHasher _hasher;

    public LocalComparison(Session session, RowPlan plan, ChangeSql sql)
    {
        _session = session;
        _sql = sql;
        _row = plan.Schema;
        _locked = new RowSchema([new Column("", LogicalType.Int32, Nullable: false), .. plan.Schema.Columns], []);
        _hasher = new RowHasher(plan.Schema);
    }

    /// <summary>Positions of staged changes whose rows are as expected; the rows stay locked.</summary>
    public async ValueTask<int[]> AsExpectedAsync(ChangeBatch batch, CancellationToken cancellationToken)
    {
        List<int> positions = [];
        await using var copy = await _session.Connection.BeginRawBinaryCopyAsync(
            $"COPY ({_sql.Locked}) TO STDOUT (FORMAT BINARY)",
            cancellationToken
        );
        await foreach (var rows in new TupleReader(copy, _locked).ReadAsync(cancellationToken))
        {
            using (rows)
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    var tuple = rows.Row(i);
                    var position = BinaryPrimitives.ReadInt32BigEndian(tuple[6..]);
                    if (Hash(tuple, batch.Seed) == batch.Expected.Span[position])
                    {
                        positions.Add(position);
                    }
                }
            }
        }
        return [.. positions];
    }

    // The tuple without its first field: the two bytes before the rest are where its own count of fields belongs.
    private long Hash(ReadOnlySpan<byte> tuple, long seed)
    {
        var row = tuple[(2 + 4 + sizeof(int) - 2)..].ToArray();
        BinaryPrimitives.WriteInt16BigEndian(row, (short)_row.Columns.Count);
        return _hasher.HashRow(row, seed);
    }
}
