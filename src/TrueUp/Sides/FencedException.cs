namespace TrueUp.Sides;

/// <summary>A newer run of the pipeline holds the target; this one must not write any more.</summary>
public sealed class FencedException : SideException
{
    /// <param name="pipeline">Whose epoch it is.</param>
    /// <param name="epoch">The epoch this run held.</param>
    public FencedException(string pipeline, long epoch)
        : base(
            ErrorType.Database,
            $"A newer run of '{pipeline}' took over the target; this run (epoch {epoch}) stopped without writing.",
            "Nothing to repair: the newer run proves the target. Make sure only one run of a pipeline is started at a time."
        ) => Code = "fenced";
}
