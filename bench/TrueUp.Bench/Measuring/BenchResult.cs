namespace TrueUp.Bench.Measuring;

/// <summary>What a benchmark measured.</summary>
/// <param name="Name">The benchmark.</param>
/// <param name="Title">What was compared.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Peer">What the peer was.</param>
/// <param name="PeerSeconds">Wall time of each of the peer's runs.</param>
/// <param name="OurSeconds">Wall time of each of ours, in the same order.</param>
/// <param name="PeakMegabytes">The largest resident size of our process over all runs.</param>
/// <param name="Note">Anything a reader must know.</param>
internal sealed record BenchResult(
    string Name,
    string Title,
    long Rows,
    string Peer,
    IReadOnlyList<double> PeerSeconds,
    IReadOnlyList<double> OurSeconds,
    double PeakMegabytes,
    string Note
)
{
    /// <summary>When and on what it was measured.</summary>
    public string Measured { get; init; } = "";

    public double Ratio =>
        PeerSeconds.Count == 0 ? 0 : Numbers.Median([.. OurSeconds.Zip(PeerSeconds, (ours, peer) => ours / peer)]);

    public string Line() =>
        PeerSeconds.Count == 0
            ? $"{Name}: {Numbers.Median(OurSeconds):0.00} s, peak {PeakMegabytes:0} MB. {Note}"
            : $"{Name}: {Numbers.Median(OurSeconds):0.00} s, peer {Numbers.Median(PeerSeconds):0.00} s, ratio {Ratio:0.00}, peak {PeakMegabytes:0} MB";
}
