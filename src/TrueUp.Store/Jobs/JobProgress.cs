namespace TrueUp.Store.Jobs;

/// <summary>How far a job's run is.</summary>
public sealed record JobProgress
{
    /// <summary><c>detecting</c>, <c>syncing</c> or <c>verifying</c>.</summary>
    public required string CurrentStage { get; init; }

    /// <summary>The unit at work; empty when there is only one.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Units that ended.</summary>
    public int UnitsProcessed { get; init; }

    /// <summary>Units there are, or null while that is not known.</summary>
    public int? TotalUnits { get; init; }

    /// <summary>Records processed in this stage.</summary>
    public long RecordsProcessed { get; init; }

    /// <summary>Records there will be, or null when unknown.</summary>
    public long? RecordsExpected { get; init; }

    /// <summary>Records skipped or refused so far.</summary>
    public long Errors { get; init; }
}
