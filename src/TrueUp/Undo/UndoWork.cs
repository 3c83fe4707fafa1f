using System.Security.Cryptography;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>
/// What is to be done in one unit: each row as it is now is held against what the run left. Only a row that is still
/// that is to be put back.
/// </summary>
internal sealed class UndoWork(RowPlan plan, UndoLedger ledger) : IDisposable
{
    private const string Changed = "the row was changed after the run";
    private const string Gone = "the row was deleted after the run";
    private const string Unknown = "the run lost its connection here, and which row it replaced is not known";
    private const string Taken = "another row has the key by now";

    private readonly RowHasher _hasher = new(plan.Schema);
    private readonly KeyTable _found = new();
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>The changes that put rows back.</summary>
    public ChangeSpool Changes { get; } = new(plan);

    /// <summary>Every row that is to be as before the run in the end, those that are already among them.</summary>
    public ChangeSpool Wanted { get; } = new(plan);

    /// <summary>Finds out what is to be done.</summary>
    /// <param name="images">What the run kept.</param>
    /// <param name="now">The target's rows as they are.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask CompareAsync(ImageBuckets images, IRowSet now, CancellationToken cancellationToken)
    {
        var resolver = new ImageResolver(plan);
        for (var bucket = 0; bucket < images.Count; bucket++)
        {
            foreach (var rows in resolver.Resolve(images.Read(bucket)).Where(Known).Chunk(RowBatchBuilder.RowsMax))
            {
                await CompareAsync(rows, now, cancellationToken);
            }
        }
    }

    public void Dispose()
    {
        Changes.Dispose();
        Wanted.Dispose();
    }

    private async ValueTask CompareAsync(Restoration[] rows, IRowSet now, CancellationToken cancellationToken)
    {
        using var keys = Keys(rows);
        using var updates = new ChangeBuilder(ChangeKind.Update, plan, rows.Length, _seed);
        using var creates = new ChangeBuilder(ChangeKind.Create, plan, rows.Length, _seed);
        using var wanted = new ChangeBuilder(ChangeKind.Update, plan, rows.Length, _seed);
        using var cut = new KeyWriter(plan);
        await foreach (var batch in now.ReadByKeysAsync(keys, cancellationToken))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var index = _found.IndexOf(cut.KeyOf(batch.Row(i)));
                    if (index >= 0 && !_found.IsMatched(index))
                    {
                        _found.Match(index);
                        Meet(rows[index], batch, i, updates, wanted);
                    }
                }
            }
        }
        for (var i = 0; i < rows.Length; i++)
        {
            if (_found.IsMatched(i))
            {
                continue;
            }
            if (!rows[i].MayBeAbsent)
            {
                ledger.Conflict(rows[i].Row.Span, Gone);
                continue;
            }
            creates.Add(rows[i].Row.Span);
            wanted.Add(rows[i].Row.Span);
        }
        updates.MoveTo(Changes);
        creates.MoveTo(Changes);
        wanted.MoveTo(Wanted);
    }

    private bool Known(Restoration wish)
    {
        if (!wish.IsKnown)
        {
            ledger.Conflict(wish.Row.Span, Unknown);
        }
        return wish.IsKnown;
    }

    private RowBatch Keys(Restoration[] rows)
    {
        _found.Clear();
        using var cut = new KeyWriter(plan);
        using var builder = new RowBatchBuilder(plan.KeySchema, rows.Length);
        foreach (var row in rows)
        {
            var key = cut.KeyOf(row.Row.Span);
            _found.Add(key, 0, 0);
            builder.WriteTuple(key);
        }
        return builder.Build();
    }

    private void Meet(Restoration wish, RowBatch batch, int row, ChangeBuilder updates, ChangeBuilder wanted)
    {
        var present = batch.Row(row);
        var isExact = batch.Ordinal(row) != RowBatch.Inexact;
        var hash = _hasher.HashRow(present, _seed);
        if (isExact && hash == _hasher.HashRow(wish.Row.Span, _seed))
        {
            ledger.AlreadyBack++;
            wanted.Add(wish.Row.Span);
            return;
        }
        if (isExact && IsLeft(wish, present))
        {
            updates.Add(wish.Row.Span, hash);
            wanted.Add(wish.Row.Span);
            return;
        }
        ledger.Conflict(wish.Row.Span, wish.Left.All(l => l.IsAbsent) ? Taken : Changed);
    }

    private bool IsLeft(Restoration wish, ReadOnlySpan<byte> present)
    {
        foreach (var left in wish.Left)
        {
            if (!left.IsAbsent && _hasher.HashRow(present, left.Seed) == left.Hash)
            {
                return true;
            }
        }
        return false;
    }
}
