using System.Runtime.CompilerServices;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Goes from differing parts to differing keys. The parts are taken in groups of bounded size; of each group the
/// target's keys
/// and row hashes are held in a table and the source's rows are held against it.
/// </summary>
internal sealed class DrillDown(RowPlan plan, IRowSet source, IRowSet target)
{
    private const int GroupRowsMax = 200_000;

    private readonly KeyTable _table = new();

    /// <summary>The differences of all differing parts. The receiver disposes each batch.</summary>
    public async IAsyncEnumerable<DifferenceBatch> FindAsync(
        Comparison comparison,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var groups = Groups(comparison).ToList();
        if (groups.Count > 1 && !source.CanSeek)
        {
            using var spool = await RowSpool.FillAsync(plan, source, comparison, groups, cancellationToken);
            for (var i = 0; i < groups.Count; i++)
            {
                await foreach (
                    var batch in FindInAsync(comparison, groups[i], spool.Read(i, cancellationToken), cancellationToken)
                )
                {
                    yield return batch;
                }
            }
            yield break;
        }
        foreach (var group in groups)
        {
            // A server is asked for whole rows only of keys that differ, unless those are all.
            var rows =
                source.CanSeek && !group.All(comparison.IsMissing)
                    ? null
                    : source.ReadAsync(new PartSelection(comparison.Partitioning, group), null, cancellationToken);
            await foreach (var batch in FindInAsync(comparison, group, rows, cancellationToken))
            {
                yield return batch;
            }
        }
    }

    private static IEnumerable<IReadOnlyList<int>> Groups(Comparison comparison)
    {
        var group = new List<int>();
        long rows = 0;
        foreach (var part in comparison.Differing)
        {
            if (group.Count > 0 && rows + comparison.RowsIn(part) > GroupRowsMax)
            {
                yield return group;
                group = [];
                rows = 0;
            }
            group.Add(part);
            rows += comparison.RowsIn(part);
        }
        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private async IAsyncEnumerable<DifferenceBatch> FindInAsync(
        Comparison comparison,
        IReadOnlyList<int> group,
        IAsyncEnumerable<RowBatch>? rows,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var selection = new PartSelection(comparison.Partitioning, group);
        await FillTableAsync(selection, comparison.Seed, cancellationToken);
        using var gaps = new DifferenceBuilder(DifferenceKind.Gap, plan.Schema);
        using var drifts = new DifferenceBuilder(DifferenceKind.Drift, plan.Schema);
        var wanted = rows ?? FetchAsync(selection, comparison.Seed, cancellationToken);
        var hasher = new RowHasher(plan.Schema);
        using var keys = new KeyWriter(plan);
        await foreach (var batch in wanted.WithCancellation(cancellationToken))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    Classify(batch, i, comparison.Seed, hasher, keys, gaps, drifts);
                    if (gaps.IsFull)
                    {
                        yield return gaps.Build();
                    }
                    if (drifts.IsFull)
                    {
                        yield return drifts.Build();
                    }
                }
            }
        }
        if (!gaps.IsEmpty)
        {
            yield return gaps.Build();
        }
        if (!drifts.IsEmpty)
        {
            yield return drifts.Build();
        }
        foreach (var extras in Extras())
        {
            yield return extras;
        }
    }

    private async ValueTask FillTableAsync(PartSelection selection, long seed, CancellationToken cancellationToken)
    {
        _table.Clear();
        var stampOrdinal = plan.StampOrdinal is null ? -1 : plan.DigestSchema.Columns.Count - 1;
        using var keys = new KeyWriter(plan, plan.DigestSchema);
        await foreach (var batch in target.ReadKeysAsync(selection, seed, cancellationToken))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var row = batch.Row(i);
                    if (!_table.Add(keys.KeyOf(row), Stamps.Hash(row, plan), Stamps.Read(row, stampOrdinal)))
                    {
                        throw new RunException(
                            "target_key_not_unique",
                            "The target has several rows with the same key.",
                            "`trueup errors` names one. Give the table a primary key, and remove the duplicates.",
                            ErrorCause.Data
                        )
                        {
                            Key = KeyText.Of(plan.KeySchema, keys.KeyOf(row)),
                        };
                    }
                }
            }
        }
    }

    // Both sides can seek: keys and hashes decide first, and only rows that differ are read whole.
    private async IAsyncEnumerable<RowBatch> FetchAsync(
        PartSelection selection,
        long seed,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var wanted = new RowBatchBuilder(plan.KeySchema);
        using var keys = new KeyWriter(plan, plan.DigestSchema);
        await foreach (var batch in source.ReadKeysAsync(selection, seed, cancellationToken))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var key = keys.KeyOf(batch.Row(i));
                    var index = _table.IndexOf(key);
                    if (index >= 0 && _table.Hash(index) == Stamps.Hash(batch.Row(i), plan))
                    {
                        _table.Match(index);
                        continue;
                    }
                    wanted.WriteTuple(key);
                    if (wanted.IsFull)
                    {
                        await foreach (var rows in ByKeysAsync(wanted, cancellationToken))
                        {
                            yield return rows;
                        }
                    }
                }
            }
        }
        if (wanted.Count > 0)
        {
            await foreach (var rows in ByKeysAsync(wanted, cancellationToken))
            {
                yield return rows;
            }
        }
    }

    private async IAsyncEnumerable<RowBatch> ByKeysAsync(
        RowBatchBuilder wanted,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var keys = wanted.Build();
        await foreach (var rows in source.ReadByKeysAsync(keys, cancellationToken))
        {
            yield return rows;
        }
    }

    private void Classify(
        RowBatch batch,
        int row,
        long seed,
        RowHasher hasher,
        KeyWriter keys,
        DifferenceBuilder gaps,
        DifferenceBuilder drifts
    )
    {
        var tuple = batch.Row(row);
        var index = _table.IndexOf(keys.KeyOf(tuple));
        if (index < 0)
        {
            gaps.Add(tuple, batch.Ordinal(row), 0, long.MinValue);
            return;
        }
        _table.Match(index);
        if (hasher.HashRow(tuple, seed) != _table.Hash(index))
        {
            drifts.Add(tuple, batch.Ordinal(row), _table.Hash(index), _table.Stamp(index));
        }
    }

    private IEnumerable<DifferenceBatch> Extras()
    {
        using var extras = new DifferenceBuilder(DifferenceKind.Extra, plan.KeySchema);
        for (var i = 0; i < _table.Count; i++)
        {
            if (!_table.IsMatched(i))
            {
                extras.Add(_table.Key(i), 0, _table.Hash(i), _table.Stamp(i));
                if (extras.IsFull)
                {
                    yield return extras.Build();
                }
            }
        }
        if (!extras.IsEmpty)
        {
            yield return extras.Build();
        }
    }
}
