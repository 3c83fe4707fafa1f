namespace TrueUp.Store.Jobs;

/// <summary>How a job ended.</summary>
/// <param name="State">Completed, failed or cancelled.</param>
public sealed record JobEnd(JobState State)
{
    /// <summary>Records its run processed.</summary>
    public long RecordsProcessed { get; init; }

    /// <summary>How far it came, or null to leave what was last said of that.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>Why it failed: a code for machines, or null.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? ErrorMessage { get; init; }
}
