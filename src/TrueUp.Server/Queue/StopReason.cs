namespace TrueUp.Server.Queue;

/// <summary>Why a run is stopped before its end.</summary>
internal enum StopReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Somebody cancelled the job.</summary>
    Cancelled,

    /// <summary>Its lease ran out, or another server has it: whatever this one still does is for nothing.</summary>
    Lost,

    /// <summary>The server is being stopped: another one, or this one later, does it again.</summary>
    Drained,
}
