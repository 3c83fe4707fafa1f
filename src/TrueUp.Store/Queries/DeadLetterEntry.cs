namespace TrueUp.Store.Queries;

/// <summary>A record that could not be synchronised.</summary>
public sealed record DeadLetterEntry
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The unit; empty when the pipeline has one part only.</summary>
    public required string Unit { get; init; }

    /// <summary>The record's key, or its place (<c>record 17</c>) when the key cannot be read.</summary>
    public required string Key { get; init; }

    /// <summary>Where it stands.</summary>
    public required LetterState State { get; init; }

    /// <summary>What kind of trouble: <c>invalid_format</c>, <c>missing_required_field</c>, ….</summary>
    public required string Issue { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Reason { get; init; }

    /// <summary>The column at fault, or null.</summary>
    public string? Column { get; init; }

    /// <summary>Line in a text file, or 0.</summary>
    public long Line { get; init; }

    /// <summary>Record number in the source, or 0.</summary>
    public long Ordinal { get; init; }

    /// <summary>The record as the source has it; null unless it was asked for.</summary>
    public string? Raw { get; init; }

    /// <summary>Runs that could not synchronise it.</summary>
    public int Attempts { get; init; }

    /// <summary>When it first failed (UTC).</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it last failed (UTC).</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>The run in which it last failed.</summary>
    public required string LastRunId { get; init; }

    /// <summary>When it succeeded or was discarded, or null.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Who discarded it, or null.</summary>
    public string? SettledBy { get; init; }

    /// <summary>Why it is settled, or null.</summary>
    public string? SettledReason { get; init; }
}
