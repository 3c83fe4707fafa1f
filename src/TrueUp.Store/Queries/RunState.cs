namespace TrueUp.Store.Queries;

/// <summary>Where a run stands.</summary>
public enum RunState
{
    /// <summary>It has not ended, or its process died and no later run has noticed yet.</summary>
    InProgress,

    /// <summary>It went through to its verdict.</summary>
    Completed,

    /// <summary>It stopped on an error, its verdict is failed, or it was interrupted.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}
