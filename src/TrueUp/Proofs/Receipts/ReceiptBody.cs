using System.Text.Json.Serialization;

namespace TrueUp.Proofs.Receipts;

/// <summary>
/// What a run proved, without a single key or value: those are in the attachment, which may be erased without breaking
/// the
/// receipt. Times are UTC; seeds and digests are texts so that no reader rounds them.
/// </summary>
public sealed record ReceiptBody
{
    /// <summary>The version of the form that this program writes.</summary>
    public const int VersionNow = 2;

    /// <summary>The version of this form.</summary>
    public int ReceiptVersion { get; init; } = VersionNow;

    /// <summary>The version of canonical texts and hashes, see <c>docs/digest.md</c>.</summary>
    public int DigestVersion { get; init; } = 2;

    /// <summary>The version of the engine that ran.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>SHA-256 of the pipeline file, or null when there was none.</summary>
    public string? PipelineHash { get; init; }

    /// <summary><c>run</c>, <c>verify</c> or <c>undo</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// For an undo, the run it undid: the source's digest then is that of the rows as they were before that run, the
    /// target's that of the same rows as they were found in the end.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UndoneRun { get; init; }

    /// <summary>
    /// The units the run was about, when it was told to leave others out: it says nothing about those. Left out when
    /// it was about all.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? OnlyUnits { get; init; }

    /// <summary><c>mirror</c>, <c>upsert</c> or <c>append</c>: which predicate was proven.</summary>
    public required string Mode { get; init; }

    /// <summary><c>completed</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The worst verdict of all units.</summary>
    public required string Verdict { get; init; }

    /// <summary>What the verifier's test of itself came to, or null when none was due.</summary>
    public ReceiptSelfTest? SelfTest { get; init; }

    /// <summary>The error's code, when the run stopped on one.</summary>
    public string? Error { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>How many records the proof covers.</summary>
    public required ReceiptCoverage Coverage { get; init; }

    /// <summary>The proofs, one for each unit.</summary>
    public required IReadOnlyList<ReceiptUnit> Units { get; init; }

    /// <summary>SHA-256 of the attachment with its salt, or null when the run found nothing to list.</summary>
    public string? Attachment { get; init; }

    /// <summary>Its place in the pipeline's chain, from 1.</summary>
    public long Sequence { get; init; }

    /// <summary>The hash of the receipt before this one in the same chain, or null for the first.</summary>
    public string? Previous { get; init; }

    /// <summary>
    /// When the receipt before this one was signed by another key: how that key, and each after it, vouched for the
    /// next.
    /// </summary>
    public IReadOnlyList<KeyRotation> Rotations { get; init; } = [];
}
