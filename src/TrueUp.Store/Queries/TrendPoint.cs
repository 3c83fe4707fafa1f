namespace TrueUp.Store.Queries;

/// <summary>One run in a trend (P22).</summary>
/// <param name="Timestamp">When it began (UTC).</param>
/// <param name="SuccessCount">Records that are as they should be.</param>
/// <param name="FailureCount">Records that were skipped or refused.</param>
/// <param name="Duration">Seconds it took.</param>
public sealed record TrendPoint(DateTimeOffset Timestamp, long SuccessCount, long FailureCount, double Duration);
