using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Proofs.Receipts;

/// <summary>The proof of one unit.</summary>
public sealed record ReceiptUnit
{
    /// <summary>The unit's name; empty when the pipeline has one part only.</summary>
    public required string Unit { get; init; }

    /// <summary>Its verdict.</summary>
    public required string Verdict { get; init; }

    /// <summary>What the reading of the source was about.</summary>
    public SidePosition? SourcePosition { get; init; }

    /// <summary>What the reading of the target was about.</summary>
    public SidePosition? TargetPosition { get; init; }

    /// <summary>The seed of all hashes, a 64-bit number.</summary>
    public required string Seed { get; init; }

    /// <summary>The source's digest, <c>count:sum</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The target's digest.</summary>
    public required string Target { get; init; }

    /// <summary>
    /// The source's digests by part, neighbours put together to at most 64; they add up to <see cref="Source"/>.
    /// </summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>What became of the records.</summary>
    public required RunCounts Counts { get; init; }

    /// <summary>Keys still missing on the target.</summary>
    public long Gaps { get; init; }

    /// <summary>Rows still different.</summary>
    public long Drift { get; init; }

    /// <summary>Rows still too many.</summary>
    public long Extra { get; init; }

    /// <summary>Differences that were found in proven data and repaired.</summary>
    public long Repaired { get; init; }
}
