using TrueUp.Pipelines;

namespace TrueUp.Server.Pipelines;

/// <summary>A version of a pipeline file without mistakes.</summary>
/// <param name="Definition">The pipeline.</param>
/// <param name="Text">What stands in the file.</param>
internal sealed record GoodVersion(PipelineDefinition Definition, string Text)
{
    /// <summary>Which version it is.</summary>
    public string Hash => Definition.FileHash!;
}
