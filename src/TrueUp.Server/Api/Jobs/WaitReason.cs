namespace TrueUp.Server.Api.Jobs;

/// <summary>Why a job waits.</summary>
internal enum WaitReason
{
    /// <summary>Nothing holds it: the next server that looks takes it.</summary>
    Next,

    /// <summary>Its time has not come.</summary>
    DueLater,

    /// <summary>Its pipeline is paused.</summary>
    Paused,

    /// <summary>Its pipeline's file cannot be used, or is gone.</summary>
    PipelineBroken,

    /// <summary>Its pipeline runs already.</summary>
    AlreadyRunning,

    /// <summary>All servers have as many runs as they take.</summary>
    NoRoom,

    /// <summary>No server takes work.</summary>
    NoServer,
}
