namespace TrueUp.Pipelines.Validation;

/// <summary>The key, and the column that tells which row is newer.</summary>
internal sealed class KeyValidator : IPipelineValidator
{
    private const int ColumnsMax = 32;

    public IEnumerable<Finding> Check(PipelineDefinition pipeline)
    {
        var key = pipeline.Key;
        if (key.Any(k => !PipelineValidation.IsName(k)))
        {
            yield return PipelineValidation.Error(
                "key",
                "bad_value",
                "`key` holds something that is no column name.",
                "Write the name of a column, or a list of names."
            );
        }
        if (key.Count > ColumnsMax)
        {
            yield return PipelineValidation.Error(
                "key",
                "bad_value",
                $"`key` has more than {ColumnsMax} columns.",
                "Name only the columns that tell rows apart."
            );
        }
        foreach (var twice in key.GroupBy(k => k, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return PipelineValidation.Error(
                "key",
                "bad_value",
                $"`key` names `{twice.Key}` twice.",
                "Name it once."
            );
        }
        foreach (var column in pipeline.Columns.Where(c => c.Round is not null && key.Contains(c.Name)))
        {
            yield return PipelineValidation.Error(
                $"columns.{column.Name}.round",
                "bad_combination",
                $"`{column.Name}` is part of the key, and a key cannot be rounded.",
                "Remove `round`, or choose another key."
            );
        }
        if (pipeline.UpdatedAt is { } updated && (key.Contains(updated) || !PipelineValidation.IsName(updated)))
        {
            yield return PipelineValidation.Error(
                "updated_at",
                "bad_value",
                "`updated_at` is not a column outside the key.",
                "Name the column that holds the time of the last change."
            );
        }
    }
}
