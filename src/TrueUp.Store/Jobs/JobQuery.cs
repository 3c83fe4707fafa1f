namespace TrueUp.Store.Jobs;

/// <summary>Which jobs are wanted: those that match every filter that is not null, newest first.</summary>
public sealed record JobQuery
{
    /// <summary>The pipeline.</summary>
    public string? Pipeline { get; init; }

    /// <summary>One of these pipelines, beyond what else is asked for; null for all.</summary>
    public IReadOnlyCollection<string>? Among { get; init; }

    /// <summary>Where it stands.</summary>
    public JobState? State { get; init; }

    /// <summary>The server that runs or ran it.</summary>
    public string? NodeId { get; init; }

    /// <summary>Jobs at most.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The <see cref="Queries.Page{T}.Next"/> of the page before, or null for the first.</summary>
    public string? After { get; init; }
}
