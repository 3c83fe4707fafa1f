namespace TrueUp.Store.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>It waits for its time and for room.</summary>
    Queued,

    /// <summary>A server runs it.</summary>
    Running,

    /// <summary>Its run completed.</summary>
    Completed,

    /// <summary>Its run failed, or it could not be run.</summary>
    Failed,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,
}
