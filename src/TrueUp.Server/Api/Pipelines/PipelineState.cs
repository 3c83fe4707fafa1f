namespace TrueUp.Server.Api.Pipelines;

/// <summary>How a pipeline stands, in one word; what needs somebody first.</summary>
internal enum PipelineState
{
    /// <summary>Its file cannot be used and never could: it does not run.</summary>
    Broken,

    /// <summary>Its last run failed.</summary>
    Failed,

    /// <summary>Its last run went through, but not all of it is proven.</summary>
    Unproven,

    /// <summary>Somebody paused it.</summary>
    Paused,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>A run of it waits.</summary>
    Queued,

    /// <summary>It never ran.</summary>
    New,

    /// <summary>Its last run went through and was proven.</summary>
    Healthy,

    /// <summary>It ran, and its file is gone.</summary>
    Removed,
}
