namespace TrueUp.Store.Retention;

/// <summary>What one run's row of <c>sync_metrics</c> says.</summary>
internal sealed record MetricsRow(
    long Id,
    string Pipeline,
    DateTimeOffset Day,
    double TotalMs,
    long Records,
    double RecordsPerSecond,
    IReadOnlyDictionary<string, long> Errors
);
