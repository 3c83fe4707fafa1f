using TrueUp.Audit;
using TrueUp.Sides;

namespace TrueUp.Store.Queries;

/// <summary>An error that was recorded (P08), cleaned of secrets and personal data.</summary>
public sealed record ErrorEntry
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The run, or null.</summary>
    public string? RunId { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The unit; empty when the pipeline has one part only.</summary>
    public required string Unit { get; init; }

    /// <summary>The kind.</summary>
    public required ErrorType Type { get; init; }

    /// <summary>How bad.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What failed.</summary>
    public required string Message { get; init; }

    /// <summary>What to do next, or null.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The affected record, or null.</summary>
    public string? Key { get; init; }

    /// <summary>Where in the code, or null.</summary>
    public string? StackTrace { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When somebody marked it resolved, or null.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Who did, or null.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>What they noted, or null.</summary>
    public string? ResolutionNotes { get; init; }
}
