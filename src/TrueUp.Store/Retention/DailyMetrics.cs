using TrueUp.Store.Database;

namespace TrueUp.Store.Retention;

/// <summary>The sum of a day's metrics of a pipeline: a row of <c>sync_metrics_daily</c>.</summary>
internal sealed record DailyMetrics
{
    public long Runs { get; init; }

    public long Records { get; init; }

    public double TotalMsMean { get; init; }

    public double TotalMsMax { get; init; }

    public double RecordsPerSecondMean { get; init; }

    public double RecordsPerSecondMax { get; init; }

    /// <summary>How many errors of each type.</summary>
    public IReadOnlyDictionary<string, long> Errors { get; init; } = new SortedDictionary<string, long>();

    public static DailyMetrics Read(RowReader row) =>
        new()
        {
            Runs = row.Number("runs"),
            Records = row.Number("records"),
            TotalMsMean = row.RealOrNull("total_ms_mean")!.Value,
            TotalMsMax = row.RealOrNull("total_ms_max")!.Value,
            RecordsPerSecondMean = row.RealOrNull("records_per_second_mean")!.Value,
            RecordsPerSecondMax = row.RealOrNull("records_per_second_max")!.Value,
            Errors = StoreJson.Read<SortedDictionary<string, long>>(row.Text("errors")),
        };

    /// <summary>The same day with one more run.</summary>
    public DailyMetrics With(MetricsRow row)
    {
        var errors = new SortedDictionary<string, long>(
            Errors.ToDictionary(error => error.Key, error => error.Value),
            StringComparer.Ordinal
        );
        foreach (var (type, count) in row.Errors)
        {
            errors[type] = errors.GetValueOrDefault(type) + count;
        }
        var runs = Runs + 1;
        return new DailyMetrics
        {
            Runs = runs,
            Records = Records + row.Records,
            TotalMsMean = TotalMsMean + ((row.TotalMs - TotalMsMean) / runs),
            TotalMsMax = Math.Max(TotalMsMax, row.TotalMs),
            RecordsPerSecondMean = RecordsPerSecondMean + ((row.RecordsPerSecond - RecordsPerSecondMean) / runs),
            RecordsPerSecondMax = Math.Max(RecordsPerSecondMax, row.RecordsPerSecond),
            Errors = errors,
        };
    }
}
