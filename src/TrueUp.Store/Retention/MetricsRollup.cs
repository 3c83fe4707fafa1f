using System.Data.Common;
using TrueUp.Store.Database;
using TrueUp.Store.Queries;

namespace TrueUp.Store.Retention;

/// <summary>
/// Turns rows of <c>sync_metrics</c> that are too old into one row of <c>sync_metrics_daily</c> for each pipeline and
/// day (UTC). A row is deleted in the transaction that counts it: each is counted once, whatever happens.
/// </summary>
internal sealed class MetricsRollup(StoreContext context)
{
    private const int BatchMax = 1000;
    private const int BatchesMax = 1000;

    /// <summary>Sums up what was recorded before a moment.</summary>
    /// <returns>How many rows there were.</returns>
    public async ValueTask<int> RunAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var parameters = new { before = context.Database.Time(before), limit = BatchMax };
        var total = 0;
        for (var batch = 0; batch < BatchesMax; batch++)
        {
            var rows = await context.Database.QueryAsync(Old, parameters, Read, cancellationToken);
            if (rows.Count > 0)
            {
                await context.Writer.RunAsync(
                    transaction => Replace(transaction, rows),
                    durable: true,
                    cancellationToken
                );
            }
            total += rows.Count;
            if (rows.Count < BatchMax)
            {
                break;
            }
        }
        return total;
    }

    private void Replace(DbTransaction transaction, List<MetricsRow> rows)
    {
        var database = context.Database;
        foreach (var group in rows.GroupBy(row => (row.Pipeline, row.Day)))
        {
            var key = new { pipeline = group.Key.Pipeline, day = database.Time(group.Key.Day) };
            var known = transaction.First(
                database,
                "SELECT * FROM sync_metrics_daily WHERE entity_type = @pipeline AND day = @day",
                key,
                DailyMetrics.Read
            );
            var sum = group.Aggregate(known ?? new DailyMetrics(), (day, row) => day.With(row));
            transaction.Execute(
                Upsert(database),
                new
                {
                    key.pipeline,
                    key.day,
                    runs = sum.Runs,
                    records = sum.Records,
                    totalMean = sum.TotalMsMean,
                    totalMax = sum.TotalMsMax,
                    rateMean = sum.RecordsPerSecondMean,
                    rateMax = sum.RecordsPerSecondMax,
                    errors = StoreJson.Write(sum.Errors),
                    now = database.Time(context.Clock.GetUtcNow()),
                }
            );
        }
        transaction.Execute(
            $"DELETE FROM sync_metrics WHERE id {database.OneOf("@ids")}",
            new { ids = rows.Select(row => row.Id).ToArray() }
        );
    }

    private static MetricsRow Read(RowReader row)
    {
        var throughput = StoreJson.Read<Throughput>(row.Text("throughput"));
        return new MetricsRow(
            row.Number("id"),
            row.Text("pipeline"),
            new DateTimeOffset(row.Time("created_at").UtcDateTime.Date, TimeSpan.Zero),
            StoreJson.Read<PhaseDurations>(row.Text("execution_time")).TotalMs,
            throughput.Records,
            throughput.RecordsPerSecond,
            StoreJson.Read<Errors>(row.Text("errors")).ByType
        );
    }

    private const string Old = """
        SELECT m.id, m.created_at, m.execution_time, m.throughput, m.errors, l.pipeline
        FROM sync_metrics m JOIN sync_audit_logs l ON l.id = m.audit_log_id
        WHERE m.created_at < @before ORDER BY m.created_at, m.id LIMIT @limit
        """;

    private static string Upsert(ControlDatabase database) =>
        $"""
            INSERT INTO sync_metrics_daily (entity_type, day, runs, records, total_ms_mean, total_ms_max,
                records_per_second_mean, records_per_second_max, errors, updated_at)
            VALUES (@pipeline, @day, @runs, @records, @totalMean, @totalMax, @rateMean, @rateMax,
                {database.Json("@errors")}, @now)
            ON CONFLICT (entity_type, day) DO UPDATE SET
                runs = excluded.runs, records = excluded.records, total_ms_mean = excluded.total_ms_mean,
                total_ms_max = excluded.total_ms_max, records_per_second_mean = excluded.records_per_second_mean,
                records_per_second_max = excluded.records_per_second_max, errors = excluded.errors,
                updated_at = excluded.updated_at
            """;

    private sealed record Throughput(long Records, double RecordsPerSecond);

    private sealed record Errors(IReadOnlyDictionary<string, long> ByType);
}
