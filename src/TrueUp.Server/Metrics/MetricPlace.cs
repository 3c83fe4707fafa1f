using TrueUp.Pipelines;

namespace TrueUp.Server.Metrics;

/// <summary>What a measurement is about, as its labels name it.</summary>
/// <param name="PipelineName">The pipeline.</param>
/// <param name="TableName">The table.</param>
internal readonly record struct MetricPlace(string PipelineName, string TableName)
{
    /// <summary>The label of the pipeline.</summary>
    public KeyValuePair<string, object?> Pipeline => new("pipeline", PipelineName);

    /// <summary>The label of the table.</summary>
    public KeyValuePair<string, object?> Table => new("table", TableName);

    /// <summary>
    /// The place of a unit: its name, for a pipeline of one part its target's table, and where there is none the
    /// pipeline's name.
    /// </summary>
    public static MetricPlace Of(PipelineDefinition pipeline, string unit) =>
        new(
            pipeline.Name,
            unit.Length > 0 ? unit : pipeline.Target["table"] ?? pipeline.Source["table"] ?? pipeline.Name
        );
}
