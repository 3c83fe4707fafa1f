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

    /// <summary>Leaves rows out of a reading.</summary>
    /// <param name="schema">What is read.</param>
    /// <param name="batches">The reading from its beginning.</param>
    /// <param name="excluded">The positions to leave out.</param>
    /// <param name="look">Sees each batch with the position of its first row, before rows are left out.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async IAsyncEnumerable<RowBatch> WithoutAsync(
        RowSchema schema,
        IAsyncEnumerable<RowBatch> batches,
        IndexSet excluded,
        Action<RowBatch, long>? look,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        long index = 0;
        using var builder = new RowBatchBuilder(schema);
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            var first = index;
            index += batch.Count;
            look?.Invoke(batch, first);
            if (!AnyExcluded(excluded, first, batch.Count))
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

    protected override IAsyncEnumerable<RowBatch> ScanAsync(
        IRejectSink? rejects,
        CancellationToken cancellationToken
    ) =>
        WithoutAsync(
            Plan.Schema,
            inner.ReadAsync(PartSelection.Everything, rejects, cancellationToken),
            excluded,
            look: null,
            cancellationToken
        );

    private static bool AnyExcluded(IndexSet excluded, long first, int count)
    {
        for (var i = 0; excluded.Count > 0 && i < count; i++)
        {
            if (excluded.Has(first + i))
            {
                return true;
            }
        }
        return false;
    }
}
