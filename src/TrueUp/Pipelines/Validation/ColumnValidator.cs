using TrueUp.Rows;

namespace TrueUp.Pipelines.Validation;

/// <summary>Declared columns.</summary>
internal sealed class ColumnValidator : IPipelineValidator
{
    private const int RoundMax = 30;

    private static readonly DateTimeOffset Sample = new(2024, 2, 29, 13, 14, 15, TimeSpan.Zero);

    public IEnumerable<Finding> Check(PipelineDefinition pipeline) =>
        [.. pipeline.Columns.SelectMany(Column), .. None(pipeline)];

    private static IEnumerable<Finding> None(PipelineDefinition pipeline)
    {
        if (pipeline is { OtherColumns: false, Columns.Count: 0 })
        {
            yield return PipelineValidation.Error(
                "other_columns",
                "bad_combination",
                "`other_columns: false` leaves no column, since `columns` declares none.",
                "Declare columns, or remove `other_columns`."
            );
        }
    }

    private static IEnumerable<Finding> Column(ColumnDefinition column)
    {
        var path = $"columns.{column.Name}";
        if (!PipelineValidation.IsName(column.Name) || !PipelineValidation.IsName(column.From))
        {
            yield return PipelineValidation.Error(
                path,
                "bad_value",
                $"`{path}` is not the name of a column.",
                "Use a name without control characters."
            );
        }
        if (column.Round is < 0 or > RoundMax)
        {
            yield return PipelineValidation.Error(
                $"{path}.round",
                "bad_value",
                $"`{path}.round` is not between 0 and {RoundMax}.",
                "Write how many digits after the point to keep."
            );
        }
        if (column is { Round: not null, Type: { } type } && !IsFractional(type.Kind))
        {
            yield return PipelineValidation.Error(
                $"{path}.round",
                "bad_combination",
                $"A value of type {type} cannot be rounded.",
                "Remove `round`, or declare a decimal or float type."
            );
        }
        if (column.Format is null)
        {
            yield break;
        }
        if (column.Type is null || !IsTemporal(column.Type.Kind))
        {
            yield return PipelineValidation.Error(
                $"{path}.format",
                "bad_combination",
                "`format` is for dates and times.",
                "Add `type: date`, `time`, `timestamp` or `timestamptz`, or remove `format`."
            );
        }
        else if (!IsFormat(column.Format))
        {
            yield return PipelineValidation.Error(
                $"{path}.format",
                "bad_value",
                $"`{path}.format` is no date format.",
                "Write a .NET custom format, for example dd.MM.yyyy or MM/dd/yyyy HH:mm."
            );
        }
    }

    private static bool IsFractional(LogicalKind kind) =>
        kind is LogicalKind.Decimal or LogicalKind.Float32 or LogicalKind.Float64;

    private static bool IsTemporal(LogicalKind kind) =>
        kind is LogicalKind.Date or LogicalKind.Time or LogicalKind.Timestamp or LogicalKind.TimestampTz;

    private static bool IsFormat(string format)
    {
        try
        {
            // One letter alone would be a standard format, which depends on a culture.
            return format.Length is > 1 and <= 100 && Sample.ToString(format).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
