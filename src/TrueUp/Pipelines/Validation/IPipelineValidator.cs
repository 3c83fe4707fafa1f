namespace TrueUp.Pipelines.Validation;

/// <summary>Checks one concern of a pipeline.</summary>
internal interface IPipelineValidator
{
    /// <summary>What is wrong; each finding has the path of the place in the pipeline file.</summary>
    IEnumerable<Finding> Check(PipelineDefinition pipeline);
}
