using TrueUp.Runs;

namespace TrueUp.Server.Api.Runs;

/// <summary>What became of a run's records (P16).</summary>
/// <param name="Source">Records on the source.</param>
/// <param name="Target">Rows on the target in the end.</param>
/// <param name="New">Rows inserted.</param>
/// <param name="Updated">Rows overwritten.</param>
/// <param name="Deleted">Rows removed.</param>
/// <param name="Skipped">Records left out with a reason.</param>
/// <param name="Kept">Rows left alone because the target's is newer.</param>
/// <param name="Failed">Records the target refused.</param>
internal sealed record RunSummaryBody(
    long Source,
    long Target,
    long New,
    long Updated,
    long Deleted,
    long Skipped,
    long Kept,
    long Failed
)
{
    public static RunSummaryBody Of(RunCounts counts) =>
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
