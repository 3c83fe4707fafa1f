using System.Security.Cryptography;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>
/// Shows that rows are as they were: they are read anew from the target, hashed with a fresh seed and held against
/// their images. It shares nothing with how they were written.
/// </summary>
internal sealed class UndoProof(RowPlan plan, IRowSet target)
{
    private readonly RowHasher _hasher = new(plan.Schema);
    private readonly KeyTable _images = new();
    private readonly DifferenceList _differences = new();
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
    private SetDigest _expected;
    private SetDigest _found;

    /// <param name="wanted">Rows that should be as they were.</param>
    /// <param name="left">Keys among them that were left alone.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Digests and differences; the verdict is the caller's.</returns>
    public async ValueTask<Verification> RunAsync(ChangeSpool wanted, KeySet left, CancellationToken cancellationToken)
    {
        foreach (var batch in wanted.Read(ChangeKind.Update))
        {
            using (batch.Rows)
            {
                await ProveAsync(batch.Rows, left, cancellationToken);
            }
        }
        return new Verification
        {
            Differences = _differences,
            Seed = _seed,
            SourceDigest = _expected,
            TargetDigest = _found,
            TargetPosition = target.Position,
        };
    }

    private async ValueTask ProveAsync(RowBatch rows, KeySet left, CancellationToken cancellationToken)
    {
        using var cut = new KeyWriter(plan);
        using var keys = Keys(rows, left, cut);
        await foreach (var batch in target.ReadByKeysAsync(keys, cancellationToken))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    Meet(batch, i, cut.KeyOf(batch.Row(i)));
                }
            }
        }
        for (var i = 0; i < _images.Count; i++)
        {
            if (!_images.IsMatched(i))
            {
                _differences.Gaps.Add(KeyText.Of(plan.KeySchema, _images.Key(i)));
            }
        }
    }

    private RowBatch Keys(RowBatch rows, KeySet left, KeyWriter cut)
    {
        _images.Clear();
        using var keys = new RowBatchBuilder(plan.KeySchema, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var key = cut.KeyOf(rows.Row(i));
            if (left.Has(key))
            {
                continue;
            }
            var hash = _hasher.HashRow(rows.Row(i), _seed);
            _expected = _expected.Add(hash);
            _images.Add(key, hash, 0);
            keys.WriteTuple(key);
        }
        return keys.Build();
    }

    private void Meet(RowBatch batch, int row, ReadOnlySpan<byte> key)
    {
        var hash = _hasher.HashRow(batch.Row(row), _seed);
        var isExact = batch.Ordinal(row) != RowBatch.Inexact;
        // As in every digest of a target: a row that cannot be carried equals no row at all.
        _found = _found.Add(isExact ? hash : unchecked(hash + 1));
        var index = _images.IndexOf(key);
        if (index >= 0)
        {
            _images.Match(index);
        }
        if (index < 0 || !isExact || _images.Hash(index) != hash)
        {
            _differences.Drift.Add(new Drift(KeyText.Of(plan.KeySchema, key), []));
        }
    }
}
