namespace TrueUp.Server.Api.Pipelines;

/// <summary>How a list of pipelines is ordered; ties by name.</summary>
internal enum PipelineOrder
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>What needs somebody first.</summary>
    State,

    /// <summary>The one that went through last first.</summary>
    LastSync,

    /// <summary>The one with the oldest proof first; what was never proven comes before.</summary>
    ProofAge,
}
