namespace TrueUp.Store.Retention;

/// <summary>What maintenance did.</summary>
public sealed record RetentionResult
{
    /// <summary>Whether another process is at it, so that nothing was done here.</summary>
    public bool IsBusy { get; init; }

    /// <summary>Runs that went into the archive.</summary>
    public int RunsArchived { get; init; }

    /// <summary>Jobs of the queue that went into the archive.</summary>
    public int JobsArchived { get; init; }

    /// <summary>Folders of record segments that followed their runs.</summary>
    public int SegmentFoldersMoved { get; init; }

    /// <summary>Folders of replaced rows that were erased with their runs.</summary>
    public int ImageFoldersDeleted { get; init; }

    /// <summary>Rows of metrics that became part of their day's summary.</summary>
    public int MetricsAggregated { get; init; }

    /// <summary>Alerts that count as seen now.</summary>
    public int AlertsAcknowledged { get; init; }
}
