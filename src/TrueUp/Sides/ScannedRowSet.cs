using System.Runtime.CompilerServices;
using TrueUp.Digests;
using TrueUp.Rows;

namespace TrueUp.Sides;

/// <summary>
/// A row set of a side that has no hash function of its own: everything is derived from reading all rows in this
/// process.
/// </summary>
/// <param name="plan">What is read.</param>
public abstract class ScannedRowSet(RowPlan plan) : IRowSet
{
    /// <summary>What is read.</summary>
    protected RowPlan Plan { get; } = plan;

    /// <inheritdoc />
    public abstract SidePosition Position { get; }

    /// <inheritdoc />
    public virtual bool CanSeek => false;

    /// <inheritdoc />
    public virtual bool HasUniqueKeys => false;

    /// <summary>Reads every row, in the same order each time.</summary>
    protected abstract IAsyncEnumerable<RowBatch> ScanAsync(IRejectSink? rejects, CancellationToken cancellationToken);

    /// <inheritdoc />
    public virtual async ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        await foreach (var batch in ScanAsync(null, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                if (batch.Count > 0)
                {
                    return false;
                }
            }
        }
        return true;
    }

    /// <inheritdoc />
    public virtual ValueTask<IReadOnlyList<KeyRange>?> SplitAsync(
        long rowsPerRange,
        CancellationToken cancellationToken
    ) => new((IReadOnlyList<KeyRange>?)null);

    /// <inheritdoc />
    public virtual async ValueTask<SetDigest[]> DigestAsync(
        Partitioning partitioning,
        long seed,
        CancellationToken cancellationToken
    )
    {
        var digester = new PartDigester(Plan.Schema, partitioning, seed);
        await foreach (
            var batch in ScanAsync(null, cancellationToken)
                .Prefetch(cancellationToken: cancellationToken)
                .ConfigureAwait(false)
        )
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    digester.Add(batch.Row(i));
                }
            }
        }
        return digester.Digests;
    }

    /// <inheritdoc />
    public virtual async IAsyncEnumerable<RowBatch> ReadAsync(
        PartSelection selection,
        IRejectSink? rejects,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (selection.IsEverything)
        {
            await foreach (var batch in ScanAsync(rejects, cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }
            yield break;
        }
        var filter = new PartFilter(selection, Plan.Schema);
        using var builder = new RowBatchBuilder(Plan.Schema);
        await foreach (
            var batch in ScanAsync(rejects, cancellationToken)
                .Prefetch(cancellationToken: cancellationToken)
                .ConfigureAwait(false)
        )
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (!filter.Has(batch.Row(i)))
                    {
                        continue;
                    }
                    builder.WriteTuple(batch.Row(i), batch.Ordinal(i));
                    if (builder.IsFull)
                    {
                        yield return builder.Build();
                    }
                }
            }
        }
        if (builder.Count > 0)
        {
            yield return builder.Build();
        }
    }

    /// <inheritdoc />
    public virtual async IAsyncEnumerable<RowBatch> ReadKeysAsync(
        PartSelection selection,
        long seed,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var hasher = new RowHasher(Plan.Schema);
        using var builder = new RowBatchBuilder(Plan.DigestSchema);
        await foreach (var batch in ReadAsync(selection, null, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    DigestRow.Write(builder, Plan, batch.Row(i), hasher.HashRow(batch.Row(i), seed), batch.Ordinal(i));
                    if (builder.IsFull)
                    {
                        yield return builder.Build();
                    }
                }
            }
        }
        if (builder.Count > 0)
        {
            yield return builder.Build();
        }
    }

    /// <inheritdoc />
    public virtual IAsyncEnumerable<RowBatch> ReadByKeysAsync(RowBatch keys, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This side cannot fetch rows by key.");

    /// <inheritdoc />
    public virtual ValueTask CheckUnchangedAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
