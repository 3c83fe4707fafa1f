using System.Runtime.CompilerServices;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// A source without the records that a survey set apart, which are known by their position in the reading.
/// </summary>
internal sealed class SurveyedRowSet(RowPlan plan, IRowSet inner, IndexSet excluded) : ScannedRowSet(plan)
{
    public override SidePosition Position => inner.Position;

    public override ValueTask CheckUnchangedAsync(CancellationToken cancellationToken) =>
        inner.CheckUnchangedAsync(cancellationToken);

    protected override async IAsyncEnumerable<RowBatch> ScanAsync(
        IRejectSink? rejects,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        long index = 0;
        using var builder = new RowBatchBuilder(Plan.Schema);
        await foreach (var batch in inner.ReadAsync(PartSelection.Everything, rejects, cancellationToken))
        {
            var first = index;
            index += batch.Count;
            if (!AnyExcluded(first, batch.Count))
            {
                yield return batch;
                continue;
            }
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (!excluded.Has(first + i))
                    {
                        builder.WriteTuple(batch.Row(i), batch.Ordinal(i));
                    }
                }
            }
            if (builder.Count > 0)
            {
                yield return builder.Build();
            }
        }
    }

    private bool AnyExcluded(long first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (excluded.Has(first + i))
            {
                return true;
            }
        }
        return false;
    }
}
