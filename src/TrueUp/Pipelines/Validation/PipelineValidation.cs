using TrueUp.Sides;

namespace TrueUp.Pipelines.Validation;

/// <summary>Checks a pipeline as a whole, wherever it comes from, without touching its stores.</summary>
public static class PipelineValidation
{
    /// <summary>Everything that is wrong with it; empty when it can run.</summary>
    public static IReadOnlyList<Finding> Check(PipelineDefinition pipeline, ConnectorRegistry connectors)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(connectors);
        IPipelineValidator[] validators =
        [
            new NameValidator(),
            new SideValidator(connectors),
            new KeyValidator(),
            new ColumnValidator(),
            new RuleValidator(),
            new ScheduleValidator(),
            new LimitValidator(),
            new ModeValidator(),
            new WitnessValidator(),
        ];
        return [.. validators.SelectMany(v => v.Check(pipeline))];
    }

    /// <summary>An error about a place of the pipeline file.</summary>
    internal static Finding Error(string path, string code, string message, string suggestion) =>
        new(code, message, suggestion) { Path = path };

    /// <summary>Whether a text can be the name of a column or a table.</summary>
    internal static bool IsName(string text) => text.Length is > 0 and <= 500 && !text.Any(char.IsControl);
}
