using System.Buffers;
using System.Text;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>Says for drifted rows which columns differ and what both sides hold, for as many as a list shows.</summary>
internal sealed class DriftReporter(RowPlan plan, IRowSet target)
{
    private readonly ArrayBufferWriter<byte> _left = new();
    private readonly ArrayBufferWriter<byte> _right = new();

    /// <summary>Adds the rows to the list.</summary>
    /// <param name="rows">The source's whole rows.</param>
    /// <param name="list">Receives them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask AddAsync(RowBatch rows, KeyList<Drift> list, CancellationToken cancellationToken)
    {
        var shown = Math.Min(rows.Count, KeyList<Drift>.ShownMax - list.Shown.Count);
        if (shown > 0)
        {
            await ShowAsync(rows, shown, list, cancellationToken);
        }
        for (var i = shown; i < rows.Count; i++)
        {
            list.Add(new Drift("", []));
        }
    }

    private async ValueTask ShowAsync(
        RowBatch rows,
        int shown,
        KeyList<Drift> list,
        CancellationToken cancellationToken
    )
    {
        var others = target.CanSeek ? await FetchAsync(rows, shown, cancellationToken) : [];
        using var keys = new KeyWriter(plan);
        for (var i = 0; i < shown; i++)
        {
            var key = KeyText.Of(plan.KeySchema, keys.KeyOf(rows.Row(i)));
            list.Add(new Drift(key, others.TryGetValue(key, out var other) ? Columns(rows.Row(i), other) : []));
        }
    }

    private async ValueTask<Dictionary<string, byte[]>> FetchAsync(
        RowBatch rows,
        int shown,
        CancellationToken cancellationToken
    )
    {
        using var builder = new RowBatchBuilder(plan.KeySchema);
        using var keys = new KeyWriter(plan);
        for (var i = 0; i < shown; i++)
        {
            builder.WriteTuple(keys.KeyOf(rows.Row(i)));
        }
        using var wanted = builder.Build();
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (var batch in target.ReadByKeysAsync(wanted, cancellationToken))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    found[KeyText.Of(plan.KeySchema, keys.KeyOf(batch.Row(i)))] = batch.Row(i).ToArray();
                }
            }
        }
        return found;
    }

    private List<ColumnDifference> Columns(ReadOnlySpan<byte> source, ReadOnlySpan<byte> other)
    {
        var differences = new List<ColumnDifference>();
        FieldReader left = new(source),
            right = new(other);
        for (var i = 0; i < plan.Columns.Count; i++)
        {
            var hasLeft = left.Next(out var ours);
            var hasRight = right.Next(out var theirs);
            if (hasLeft != hasRight || (hasLeft && !SameValue(plan.Schema.Codecs[i], ours, theirs)))
            {
                differences.Add(
                    new ColumnDifference(
                        plan.Columns[i].TargetName,
                        Display(i, hasLeft, ours),
                        Display(i, hasRight, theirs)
                    )
                );
            }
        }
        return differences;
    }

    private bool SameValue(TypeCodec codec, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        _left.ResetWrittenCount();
        _right.ResetWrittenCount();
        codec.Canonical(left, _left);
        codec.Canonical(right, _right);
        return _left.WrittenSpan.SequenceEqual(_right.WrittenSpan);
    }

    private string? Display(int ordinal, bool present, ReadOnlySpan<byte> send)
    {
        if (!present)
        {
            return null;
        }
        _left.ResetWrittenCount();
        plan.Schema.Codecs[ordinal].Format(send, _left);
        return Encoding.UTF8.GetString(_left.WrittenSpan);
    }
}
