using TrueUp.Pipelines;
using TrueUp.Proofs.SelfTests;

namespace TrueUp.Store.Queries;

/// <summary>Everything the audit has on one run, except its records.</summary>
/// <param name="Run">What lists show.</param>
public sealed record RunDetails(RunSummary Run)
{
    /// <summary>The proof's result (P05), or null while it is not known.</summary>
    public VerificationResult? Verification { get; init; }

    /// <summary>What the verifier's test of itself came to, or null when none was due.</summary>
    public SelfTestResult? SelfTest { get; init; }

    /// <summary>The pipeline file it ran, or null.</summary>
    public string? PipelineFile { get; init; }

    /// <summary>SHA-256 of that file, or null.</summary>
    public string? PipelineHash { get; init; }

    /// <summary>What to do about the error, or null.</summary>
    public string? ErrorSuggestion { get; init; }

    /// <summary>Every single thing that was wrong.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Its units.</summary>
    public IReadOnlyList<UnitResult> Units { get; init; } = [];

    /// <summary>What was recovered by itself (P31).</summary>
    public IReadOnlyList<RecoveryEntry> Recoveries { get; init; } = [];

    /// <summary>What was found different (P02), the first <see cref="RunQueries.GapsMax"/>.</summary>
    public IReadOnlyList<GapEntry> Gaps { get; init; } = [];

    /// <summary>Errors it left.</summary>
    public long ErrorCount { get; init; }
}
