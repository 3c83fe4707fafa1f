namespace TrueUp.Store.Queries;

/// <summary>Which dead letters are wanted: those that match every filter that is not null.</summary>
public sealed record DeadLetterQuery
{
    /// <summary>The pipeline.</summary>
    public string? Pipeline { get; init; }

    /// <summary>One of these pipelines, beyond what else is asked for; null for all.</summary>
    public IReadOnlyCollection<string>? Among { get; init; }

    /// <summary>The unit.</summary>
    public string? Unit { get; init; }

    /// <summary>The record's key or place.</summary>
    public string? Key { get; init; }

    /// <summary>Where the letter stands.</summary>
    public LetterState? State { get; init; }

    /// <summary>What kind of trouble.</summary>
    public string? Issue { get; init; }

    /// <summary>Last seen at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Last seen before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether to give the record itself, which is the user's data.</summary>
    public bool WithRaw { get; init; }

    /// <summary>Letters at most.</summary>
    public int Limit { get; init; } = RunQuery.LimitDefault;

    /// <summary>The <see cref="Page{T}.Next"/> of the page before, or null for the first.</summary>
    public string? After { get; init; }
}
