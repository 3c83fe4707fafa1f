using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>
/// The before-images of one attempt at a unit. They are read from the very snapshot of the target that was compared,
/// and are on the disk before the first change is made; since changes are made only to rows that still are what was
/// compared, they are what was replaced.
/// </summary>
internal sealed class ImageSection(
    ImageRecorder recorder,
    int number,
    ImageHeader header,
    RowPlan plan,
    UnitTally tally
)
{
    private readonly RowHasher _hasher = new(plan.Schema);
    private readonly KeyTable _positions = new();
    private bool _begun;
    private long _notKept;

    /// <summary>Keeps the rows that changes are about to replace.</summary>
    /// <param name="changes">All of them.</param>
    /// <param name="target">The target as it was compared.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask KeepAsync(ChangeSpool changes, IRowSet target, CancellationToken cancellationToken)
    {
        if (changes.Counts[(int)ChangeKind.Update] + changes.Counts[(int)ChangeKind.Delete] == 0)
        {
            return;
        }
        if (!_begun)
        {
            recorder.Append(ImageFrame.Section(number, header));
            _begun = true;
        }
        foreach (var kind in (ChangeKind[])[ChangeKind.Update, ChangeKind.Delete])
        {
            foreach (var batch in changes.Read(kind))
            {
                using (batch.Rows)
                {
                    await KeepAsync(batch, target, cancellationToken);
                }
            }
        }
        recorder.Append(ImageFrame.Tally(number, new ImageTally(Settled: false, tally.Created, _notKept)));
        recorder.Flush();
    }

    /// <summary>Notes that a change was not made: the target refused it, or its row was another by then.</summary>
    public void NotApplied(ChangeBatch batch, int row, string reason)
    {
        if (!_begun || batch.Kind == ChangeKind.Create)
        {
            return;
        }
        using var keys = new KeyWriter(plan, batch.Rows.Schema);
        recorder.Append(ImageFrame.NotApplied(number, keys.KeyOf(batch.Rows.Row(row))));
    }

    /// <summary>Notes that every change was tried; those not noted otherwise were made.</summary>
    public void Settle()
    {
        if (_begun)
        {
            recorder.Append(ImageFrame.Tally(number, new ImageTally(Settled: true, tally.Created, _notKept)));
            recorder.Flush();
        }
    }

    private async ValueTask KeepAsync(ChangeBatch batch, IRowSet target, CancellationToken cancellationToken)
    {
        var missing = batch.Rows.Count;
        if (target.CanSeek)
        {
            using var keys = Keys(batch);
            await foreach (var rows in target.ReadByKeysAsync(keys, cancellationToken))
            {
                using (rows)
                {
                    missing -= Keep(batch, rows);
                }
            }
        }
        _notKept += missing;
    }

    // Remembers where in the batch each key stands, because rows are found in any order.
    private RowBatch Keys(ChangeBatch batch)
    {
        _positions.Clear();
        using var keys = new KeyWriter(plan, batch.Rows.Schema);
        using var builder = new RowBatchBuilder(plan.KeySchema, Math.Max(batch.Rows.Count, 1));
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            var key = keys.KeyOf(batch.Rows.Row(i));
            _positions.Add(key, 0, 0);
            builder.WriteTuple(key);
        }
        return builder.Build();
    }

    private int Keep(ChangeBatch batch, RowBatch found)
    {
        using var keys = new KeyWriter(plan);
        var entries = new List<ImageEntry>(found.Count);
        var isUpdate = batch.Kind == ChangeKind.Update;
        for (int i = 0, start = 0; i < found.Count; start += found.Row(i++).Length)
        {
            var key = keys.KeyOf(found.Row(i));
            var position = _positions.IndexOf(key);
            // A row with a value that cannot be carried is not what its tuple says; there is no image of it.
            if (position < 0 || _hasher.HashRow(found.Row(i), batch.Seed) != batch.Expected.Span[position])
            {
                continue;
            }
            var after = isUpdate ? _hasher.HashRow(batch.Rows.Row(position), batch.Seed) : 0;
            var again = (isUpdate && tally.Loaded) || tally.Written.IsUnknown || tally.Written.Has(key);
            var row = found.Bytes.Slice(start, found.Row(i).Length);
            entries.Add(new ImageEntry(batch.Kind, batch.Seed, after, again, row));
        }
        var isKept =
            entries.Count > 0 && recorder.TryAppendRows(ImageFrame.Rows(number, batch.Kind, batch.Seed, entries));
        return isKept ? entries.Count : 0;
    }
}
