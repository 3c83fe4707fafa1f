using TrueUp.Audit;
using TrueUp.Sides;

namespace TrueUp.Store.Queries;

/// <summary>Which errors are wanted: those that match every filter that is not null.</summary>
public sealed record ErrorQuery
{
    /// <summary>The run.</summary>
    public string? RunId { get; init; }

    /// <summary>The pipeline.</summary>
    public string? Pipeline { get; init; }

    /// <summary>One of these pipelines, beyond what else is asked for; null for all.</summary>
    public IReadOnlyCollection<string>? Among { get; init; }

    /// <summary>The unit.</summary>
    public string? Unit { get; init; }

    /// <summary>The kind.</summary>
    public ErrorType? Type { get; init; }

    /// <summary>How bad, exactly.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The affected record.</summary>
    public string? Key { get; init; }

    /// <summary>Happened at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Happened before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether somebody marked it resolved.</summary>
    public bool? Resolved { get; init; }

    /// <summary>Errors at most.</summary>
    public int Limit { get; init; } = RunQuery.LimitDefault;

    /// <summary>The <see cref="Page{T}.Next"/> of the page before, or null for the first.</summary>
    public string? After { get; init; }
}
