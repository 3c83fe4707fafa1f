using TrueUp.Digests;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>What was proven, about which data.</summary>
public sealed record Verification
{
    /// <summary>The verdict.</summary>
    public Verdict Verdict { get; init; } = Verdict.Failed;

    /// <summary>What differs in the end.</summary>
    public DifferenceList Differences { get; init; } = new();

    /// <summary>What differed and was repaired, though it had been proven before; empty otherwise.</summary>
    public DifferenceList Repaired { get; init; } = new();

    /// <summary>Records about which nothing is proven: dead letters and refused records.</summary>
    public long Unproven { get; init; }

    /// <summary>Records that broke a rule, skipped ones included.</summary>
    public KeyList<IntegrityIssue> IntegrityIssues { get; init; } = new();

    /// <summary>How often differences found by a proof were synchronised again in this run.</summary>
    public int ResyncAttempted { get; init; }

    /// <summary>How many of these left nothing to repair.</summary>
    public int ResyncSucceeded { get; init; }

    /// <summary>The seed of the last proof.</summary>
    public long Seed { get; init; }

    /// <summary>The digest of the source's rows that were proven.</summary>
    public SetDigest SourceDigest { get; init; }

    /// <summary>The digest of the target's rows.</summary>
    public SetDigest TargetDigest { get; init; }

    /// <summary>
    /// The digests of the parts, source and target by turns equal unless the differences say otherwise.
    /// </summary>
    public IReadOnlyList<SetDigest> Parts { get; init; } = [];

    /// <summary>What the reading of the source is about.</summary>
    public SidePosition? SourcePosition { get; init; }

    /// <summary>What the reading of the target is about.</summary>
    public SidePosition? TargetPosition { get; init; }
}
