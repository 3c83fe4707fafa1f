using TrueUp.Audit;

namespace TrueUp.Store.Queries;

/// <summary>Which record entries are wanted: those that match every filter that is not null.</summary>
public sealed record RecordQuery
{
    /// <summary>The run; null for all runs, newest first.</summary>
    public string? RunId { get; init; }

    /// <summary>Only this run and older ones; null for all.</summary>
    public string? UpToRun { get; init; }

    /// <summary>Runs to look through at most, the newest; null for all.</summary>
    public int? RunsMax { get; init; }

    /// <summary>The pipeline.</summary>
    public string? Pipeline { get; init; }

    /// <summary>One of these pipelines, beyond what else is asked for; null for all.</summary>
    public IReadOnlyCollection<string>? Among { get; init; }

    /// <summary>The unit.</summary>
    public string? Unit { get; init; }

    /// <summary>The record's key; of a bulk load's batch, its first or last.</summary>
    public string? Key { get; init; }

    /// <summary>What was done.</summary>
    public RecordOperation? Operation { get; init; }

    /// <summary>Whether it went through.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>Done at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Done before this time.</summary>
    public DateTimeOffset? To { get; init; }
}
