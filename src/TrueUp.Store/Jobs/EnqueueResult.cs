namespace TrueUp.Store.Jobs;

/// <summary>What became of a request.</summary>
public enum EnqueueResult
{
    /// <summary>A new job waits.</summary>
    Queued,

    /// <summary>One was waiting already: it covers this request now, with the higher priority of the two.</summary>
    Joined,

    /// <summary>The pipeline runs: nothing was started.</summary>
    AlreadyRunning,

    /// <summary>The same request was made before; this is its job.</summary>
    Repeated,

    /// <summary>The key was used before, for something else: nothing was started.</summary>
    KeyReused,

    /// <summary>The pipeline is paused: nothing was started, and there is no job.</summary>
    Paused,
}
