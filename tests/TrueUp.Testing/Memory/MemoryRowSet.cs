using System.Runtime.CompilerServices;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>A frozen copy of a table's rows in a plan's columns.</summary>
public sealed class MemoryRowSet(RowPlan plan, IReadOnlyList<byte[]> rows, MemoryFaults faults, bool canSeek)
    : ScannedRowSet(plan)
{
    public override SidePosition Position { get; } = new("snapshot", "memory");

    public override bool CanSeek => canSeek;

    /// <summary>Records that are reported instead of given.</summary>
    public IReadOnlyList<RejectedRecord> Unreadable { get; init; } = [];

    public override ValueTask<IReadOnlyList<KeyRange>?> SplitAsync(
        long rowsPerRange,
        CancellationToken cancellationToken
    )
    {
        var kind = Plan.KeySchema.Columns[0].Type.Kind;
        if (!canSeek || !KeyRange.IsOrdered(kind) || rows.Count < 4)
        {
            return new((IReadOnlyList<KeyRange>?)null);
        }
        var keys = rows.Select(r => FieldReader.At(r, Plan.Schema.KeyOrdinals[0], out var value) ? value.ToArray() : [])
            .ToList();
        keys.Sort((a, b) => KeyRange.Compare(kind, a, b));
        var cuts = Enumerable
            .Range(1, 3)
            .Select(i => keys[keys.Count * i / 4])
            .DistinctBy(Convert.ToHexString)
            .ToList();
        return new(KeyRange.Cut(cuts));
    }

    public override async IAsyncEnumerable<RowBatch> ReadByKeysAsync(
        RowBatch keys,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var wanted = Enumerable.Range(0, keys.Count).Select(i => Convert.ToHexString(keys.Row(i))).ToHashSet();
        await foreach (
            var batch in Batches(
                rows.Where(r => wanted.Contains(Convert.ToHexString(Texts.KeyOf(Plan.Schema, r)))),
                cancellationToken
            )
        )
        {
            yield return batch;
        }
    }

    protected override async IAsyncEnumerable<RowBatch> ScanAsync(
        IRejectSink? rejects,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var record in rejects is null ? [] : Unreadable)
        {
            rejects!.Reject(record);
        }
        await foreach (var batch in Batches(rows, cancellationToken))
        {
            yield return batch;
        }
    }

    public override ValueTask CheckUnchangedAsync(CancellationToken cancellationToken) =>
        faults.StepAsync("check", cancellationToken);

    private async IAsyncEnumerable<RowBatch> Batches(
        IEnumerable<byte[]> chosen,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await faults.StepAsync("read", cancellationToken);
        faults.Reading?.Invoke();
        using var builder = new RowBatchBuilder(Plan.Schema, rowsMax: 7);
        long ordinal = 0;
        foreach (var row in chosen)
        {
            builder.WriteTuple(row, ++ordinal);
            if (builder.IsFull)
            {
                yield return builder.Build();
                await faults.StepAsync("read", cancellationToken);
            }
        }
        if (builder.Count > 0)
        {
            yield return builder.Build();
        }
    }
}
