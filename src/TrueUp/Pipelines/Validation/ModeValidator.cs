namespace TrueUp.Pipelines.Validation;

/// <summary>What does not go together with the mode.</summary>
internal sealed class ModeValidator : IPipelineValidator
{
    public IEnumerable<Finding> Check(PipelineDefinition pipeline)
    {
        if (pipeline.UpdatedAt is not null && pipeline.Mode != SyncMode.Upsert)
        {
            yield return PipelineValidation.Error(
                "updated_at",
                "bad_combination",
                $"`updated_at` does not go with mode {pipeline.Mode.ToString().ToLowerInvariant()}, which leaves no row because it is newer.",
                "Write `mode: upsert`, or remove `updated_at`."
            );
        }
        if (pipeline.Follow)
        {
            yield return PipelineValidation.Error(
                "follow",
                "not_available",
                "Following a change feed is not available in this version.",
                "Remove `follow`, and run the pipeline on a schedule."
            );
        }
    }
}
