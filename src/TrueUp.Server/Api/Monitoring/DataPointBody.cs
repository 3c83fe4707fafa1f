using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Monitoring;

/// <summary>A slice of a history.</summary>
/// <param name="Timestamp">Its beginning.</param>
/// <param name="SuccessRate">The share of runs that went through, 0 to 1; null without runs.</param>
/// <param name="DurationMs">Mean time of a run in milliseconds; null without runs.</param>
/// <param name="RecordsProcessed">Records processed.</param>
/// <param name="MemoryUsageMb">The most memory at the end of a run; null without runs.</param>
/// <param name="ErrorCount">Errors its runs left.</param>
internal sealed record DataPointBody(
    DateTimeOffset Timestamp,
    double? SuccessRate,
    double? DurationMs,
    long RecordsProcessed,
    double? MemoryUsageMb,
    long ErrorCount
)
{
    public static DataPointBody Of(RunTotals slice) =>
        new(
            slice.From,
            slice.SuccessRate,
            slice.AverageSeconds * 1000,
            slice.Successes + slice.Failures,
            slice.MemoryMbMax,
            slice.Errors
        );
}
