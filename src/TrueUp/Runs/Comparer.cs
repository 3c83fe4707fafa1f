using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Finds which parts differ by digesting both sides at once. Parts are ranges of the first key column where a side can
/// cut them
/// from its data and both order that type alike; otherwise buckets by key hash, which any side can compute.
/// </summary>
internal sealed class Comparer(RowPlan plan, DigestPace pace)
{
    private const int RowsPerRange = 50_000;
    private const int Buckets = 4096;
    private const int RefineAbove = 8_000;
    private const int RefineBuckets = 256;

    private Partitioning? _partitioning;

    /// <summary>Digests both sides.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target.</param>
    /// <param name="seed">The seed of all hashes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Comparison> CompareAsync(
        IRowSet source,
        IRowSet target,
        long seed,
        CancellationToken cancellationToken
    )
    {
        // Most comparisons find nothing, and servers digest their rows as one set a third faster than by parts.
        if (source.CanSeek && target.CanSeek && pace.IsFull)
        {
            var whole = await DigestAsync(source, target, Partitioning.Whole, seed, cancellationToken);
            if (whole.Differing.Count == 0)
            {
                return whole;
            }
        }
        // Boundaries need not fit the rows exactly, so those of the first comparison serve the later ones.
        _partitioning ??= await PartitionAsync(source, target, cancellationToken);
        return await DigestAsync(source, target, _partitioning, seed, cancellationToken);
    }

    /// <summary>
    /// Divides the differing ranges further by key hash, so that drilling down reads hundreds of rows for a difference
    /// and not
    /// tens of thousands. Only worth another digest where both sides can seek.
    /// </summary>
    public async ValueTask<Comparison> RefineAsync(
        IRowSet source,
        IRowSet target,
        Comparison coarse,
        CancellationToken cancellationToken
    )
    {
        var ranges = coarse.Partitioning;
        if (
            ranges.Buckets > 1
            || ranges.Parts == 1
            || !source.CanSeek
            || !target.CanSeek
            || coarse.Differing.Count == 0
            || coarse.Differing.Count * RefineBuckets > 1 << 20
            || coarse.Differing.Max(coarse.RowsIn) < RefineAbove
        )
        {
            return coarse;
        }
        var finer = new Partitioning([.. coarse.Differing.Select(part => ranges.Ranges[part])], RefineBuckets);
        return await DigestAsync(source, target, finer, coarse.Seed, cancellationToken);
    }

    // With pauses only where a server can digest a range without reading all the others.
    private async ValueTask<Comparison> DigestAsync(
        IRowSet source,
        IRowSet target,
        Partitioning partitioning,
        long seed,
        CancellationToken cancellationToken
    )
    {
        if (!source.CanSeek || !target.CanSeek || pace.IsFull)
        {
            return await DigestAtOnceAsync(source, target, partitioning, seed, cancellationToken);
        }
        List<SetDigest> sources = [],
            targets = [];
        await foreach (var ranges in pace.Slices(partitioning.Ranges, cancellationToken))
        {
            var slice = new Partitioning(ranges, partitioning.Buckets);
            var digests = await DigestAtOnceAsync(source, target, slice, seed, cancellationToken);
            sources.AddRange(digests.Source);
            targets.AddRange(digests.Target);
        }
        return new Comparison(partitioning, [.. sources], [.. targets], seed);
    }

    private static async ValueTask<Comparison> DigestAtOnceAsync(
        IRowSet source,
        IRowSet target,
        Partitioning partitioning,
        long seed,
        CancellationToken cancellationToken
    )
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = Background.Run(() => source.DigestAsync(partitioning, seed, both.Token).AsTask());
        var second = Background.Run(() => target.DigestAsync(partitioning, seed, both.Token).AsTask());
        if ((await Task.WhenAny(first, second)).IsFaulted)
        {
            await Background.CancelAsync(both);
        }
        await Task.WhenAll(first, second);
        return new Comparison(partitioning, await first, await second, seed);
    }

    private async ValueTask<Partitioning> PartitionAsync(
        IRowSet source,
        IRowSet target,
        CancellationToken cancellationToken
    )
    {
        var first = plan.KeySchema.Columns[0].Type.Kind;
        if (!KeyRange.IsOrdered(first) || (!source.CanSeek && !target.CanSeek))
        {
            return Partitioning.ByBuckets(Buckets);
        }
        var ranges =
            await source.SplitAsync(RowsPerRange, cancellationToken)
            ?? await target.SplitAsync(RowsPerRange, cancellationToken);
        return ranges is null ? Partitioning.ByBuckets(Buckets) : new Partitioning(ranges, 1);
    }
}
