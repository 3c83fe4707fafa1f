namespace TrueUp.Pipelines;

/// <summary>What reading a pipeline file gave: the pipeline, or everything that is wrong with the file.</summary>
/// <param name="Pipeline">The pipeline, or null when a finding is an error.</param>
/// <param name="Findings">All findings in the order of the file; warnings may stand beside a pipeline.</param>
public sealed record PipelineReading(PipelineDefinition? Pipeline, IReadOnlyList<Finding> Findings);
