using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Finds which parts differ by digesting both sides at once. Parts are ranges of the first key column where a side can
/// cut them
/// from its data and both order that type alike; otherwise buckets by key hash, which any side can compute.
/// </summary>
internal sealed class Comparer(RowPlan plan)
{
    private const int RowsPerRange = 50_000;
    private const int Buckets = 4096;
    private const int RefineAbove = 8_000;
    private const int RefineBuckets = 256;

    /// <summary>Digests both sides.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target.</param>
    /// <param name="seed">The seed of all hashes.</param>
    /// <param name="expectEqual">
    /// True when the sides should be equal, as after everything was written: rows are then digested as one set,
    /// which is cheaper than by parts, and parts are made only if that disappoints.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Comparison> CompareAsync(
        IRowSet source,
        IRowSet target,
        long seed,
        bool expectEqual,
        CancellationToken cancellationToken
    )
    {
        if (expectEqual)
        {
            var whole = await DigestAsync(source, target, Partitioning.Whole, seed, cancellationToken);
            if (whole.Differing.Count == 0)
            {
                return whole;
            }
        }
        var partitioning = await PartitionAsync(source, target, cancellationToken);
        return await DigestAsync(source, target, partitioning, seed, cancellationToken);
    }

    /// <summary>
    /// Divides the differing ranges further by key hash, so that drilling down reads hundreds of rows for a difference
    /// and not
    /// tens of thousands. Only worth another digest where both sides can seek.
    /// </summary>
    public static async ValueTask<Comparison> RefineAsync(
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

    private static async ValueTask<Comparison> DigestAsync(
        IRowSet source,
        IRowSet target,
        Partitioning partitioning,
        long seed,
        CancellationToken cancellationToken
    )
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = Task.Run(() => source.DigestAsync(partitioning, seed, both.Token).AsTask(), both.Token);
        var second = Task.Run(() => target.DigestAsync(partitioning, seed, both.Token).AsTask(), both.Token);
        if ((await Task.WhenAny(first, second)).IsFaulted)
        {
            await both.CancelAsync();
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
