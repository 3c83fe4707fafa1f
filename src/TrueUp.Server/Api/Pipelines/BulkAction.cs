namespace TrueUp.Server.Api.Pipelines;

/// <summary>What can be done with several pipelines at once.</summary>
internal enum BulkAction
{
    /// <summary>Run them.</summary>
    Trigger,

    /// <summary>Pause them.</summary>
    Pause,

    /// <summary>Let them go on.</summary>
    Resume,
}
