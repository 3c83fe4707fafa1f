using TrueUp.Runs;

namespace TrueUp.Cli.Results;

/// <summary>How many records a run saw and what became of them.</summary>
internal sealed record CountsBody(
    long Source,
    long Target,
    long Created,
    long Updated,
    long Deleted,
    long Skipped,
    long Kept,
    long Failed
)
{
    /// <summary>The JSON form of counts.</summary>
    public static CountsBody Of(RunCounts counts) =>
        new(
            counts.Source,
            counts.Target,
            counts.Created,
            counts.Updated,
            counts.Deleted,
            counts.Skipped,
            counts.Kept,
            counts.Failed
        );
}
