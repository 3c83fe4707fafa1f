using TrueUp.Digests;

namespace TrueUp.Runs;

/// <summary>What the digests of both sides say: all parts, and those that differ.</summary>
/// <param name="Partitioning">How the rows were divided.</param>
/// <param name="Source">The source's digest of each part.</param>
/// <param name="Target">The target's digest of each part.</param>
/// <param name="Seed">The seed of all hashes.</param>
internal sealed record Comparison(Partitioning Partitioning, SetDigest[] Source, SetDigest[] Target, long Seed)
{
    public SetDigest SourceTotal { get; } = Source.Aggregate(default(SetDigest), (sum, part) => sum + part);

    public SetDigest TargetTotal { get; } = Target.Aggregate(default(SetDigest), (sum, part) => sum + part);

    /// <summary>The parts that differ, ascending.</summary>
    public IReadOnlyList<int> Differing { get; private init; } =
    [.. Enumerable.Range(0, Source.Length).Where(i => Source[i] != Target[i])];

    /// <summary>The same with only some of the parts that differ.</summary>
    public Comparison Only(Func<int, bool> chosen) => this with { Differing = [.. Differing.Where(chosen)] };

    /// <summary>Whether a part has rows on the source alone.</summary>
    public bool IsMissing(int part) => Target[part].Count == 0;

    /// <summary>Rows in a part, on both sides together.</summary>
    public long RowsIn(int part) => Source[part].Count + Target[part].Count;
}
