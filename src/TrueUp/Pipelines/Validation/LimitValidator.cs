namespace TrueUp.Pipelines.Validation;

/// <summary>Numbers that bound what a run may do.</summary>
internal sealed class LimitValidator : IPipelineValidator
{
    private const int RowBytesMin = 1 << 10;
    private const int RowBytesMax = 1 << 30;
    private const int ParallelMax = 64;

    private static readonly TimeSpan PauseMax = TimeSpan.FromHours(1);

    public IEnumerable<Finding> Check(PipelineDefinition pipeline)
    {
        var (verify, retry) = (pipeline.Verify, pipeline.Retry);
        if (!verify.Content)
        {
            yield return PipelineValidation.Error(
                "verify.content",
                "not_available",
                "Proving counts and keys alone is not available in this version.",
                "Remove `content`: contents are always compared."
            );
        }
        if (verify.Attempts is < 1 or > 10)
        {
            yield return Range("verify.attempts", "between 1 and 10", "Write `repair: false` to repair nothing.");
        }
        if (retry.Attempts is < 0 or > 20)
        {
            yield return Range("retry.attempts", "between 0 and 20", "Write 0 to retry nothing.");
        }
        if (retry.Initial <= TimeSpan.Zero || retry.Initial > PauseMax)
        {
            yield return Range("retry.initial", "between 1ms and 1h", "Write, for example, 1s.");
        }
        if (retry.Max > PauseMax)
        {
            yield return Range("retry.max", "at most 1h", "Write, for example, 30s.");
        }
        else if (retry.Max < retry.Initial)
        {
            yield return PipelineValidation.Error(
                "retry.max",
                "bad_combination",
                "`retry.max` is below `retry.initial`.",
                "Make the longest pause at least as long as the first."
            );
        }
        if (!(retry.Factor is >= 1 and <= 10))
        {
            yield return Range("retry.factor", "between 1 and 10", "Write, for example, 2.");
        }
        if (pipeline.Parallel is < 1 or > ParallelMax)
        {
            yield return Range("parallel", $"between 1 and {ParallelMax}", "Write 1 to run one unit after the other.");
        }
        if (pipeline.MaxRowBytes is < RowBytesMin or > RowBytesMax)
        {
            yield return Range("max_row", "between 1KB and 1GB", "Write, for example, 32MB.");
        }
    }

    private static Finding Range(string path, string range, string suggestion) =>
        PipelineValidation.Error(path, "bad_value", $"`{path}` is not {range}.", suggestion);
}
