using Dapper;
using TrueUp.Audit;
using TrueUp.Sides;
using TrueUp.Store.Database;

namespace TrueUp.Store.Queries;

/// <summary>
/// How well pipelines did over a time: what dashboards show and rules judge. Each method is one statement, whatever the
/// number of pipelines, over indexes by time. Pipelines are given as the only ones that count, or null for all.
/// </summary>
public sealed class MonitoringQueries
{
    /// <summary>Slices of a history at most.</summary>
    public const int SlicesMax = 200;

    private const int ResolvedMax = 10_000;

    private readonly StoreContext _context;

    internal MonitoringQueries(StoreContext context) => _context = context;

    private ControlDatabase Database => _context.Database;

    /// <summary>How each pipeline that ever ran did in the 24 hours before <paramref name="now"/>, by name.</summary>
    public async ValueTask<IReadOnlyList<EntityHealth>> HealthAsync(
        IReadOnlyCollection<string>? among,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var parameters = Parameters(among);
        parameters.Add("@day", Database.Time(now.AddDays(-1)));
        parameters.Add("@today", Database.Time(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero)));
        parameters.Add("@never", Database.Time(DateTimeOffset.UnixEpoch));
        parameters.Add("@limit", PipelineQueries.PipelinesMax);
        return await Database.QueryAsync(
            MonitoringSql.Health(_context.Database, among),
            parameters,
            row => new EntityHealth
            {
                Pipeline = row.Text("entity_type"),
                LastSync = row.TimeOrNull("last_sync"),
                Completed = row.Number("completed"),
                Failed = row.Number("failed"),
                ConsecutiveFailures = row.Number("consecutive"),
                AlertThreshold = (int)row.Number("alert_threshold_failures"),
                AverageDuration = row.RealOrNull("average_duration"),
                RecordsToday = row.Number("records_today"),
                Records = row.Number("records"),
                IsPaused = !row.Flag("is_active"),
            },
            cancellationToken
        );
    }

    /// <summary>Alerts, newest first (P21).</summary>
    /// <param name="among">The pipelines; alerts about none of them are then left out.</param>
    /// <param name="isActive">True for those nobody has acknowledged, null for all.</param>
    /// <param name="limit">Alerts at most, from 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<AlertEntry>> AlertsAsync(
        IReadOnlyCollection<string>? among,
        bool? isActive,
        int limit,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var parameters = Parameters(among);
        parameters.Add("@limit", limit);
        var open = isActive is { } wanted ? $"AND {(wanted ? "NOT " : "")}acknowledged" : "";
        return await Database.QueryAsync(
            $"""
            SELECT * FROM sync_alerts
            WHERE id > 0 {open} {SyncRuns.Among(Database, "entity_type", among)}
            ORDER BY created_at DESC, id DESC LIMIT @limit
            """,
            parameters,
            row => new AlertEntry(
                row.Number("id"),
                row.Name<Severity>("severity"),
                row.Text("type"),
                row.TextOrNull("entity_type"),
                row.Text("message"),
                row.Flag("acknowledged"),
                row.Time("created_at")
            ),
            cancellationToken
        );
    }

    /// <summary>Runs by slices of time, a slice without runs included.</summary>
    /// <param name="among">The pipelines.</param>
    /// <param name="bounds">Times in ascending order: each and the next bound a slice; at most
    /// <see cref="SlicesMax"/> slices.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<RunTotals>> TotalsAsync(
        IReadOnlyCollection<string>? among,
        IReadOnlyList<DateTimeOffset> bounds,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(bounds);
        ArgumentOutOfRangeException.ThrowIfLessThan(bounds.Count, 2, nameof(bounds));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bounds.Count - 1, SlicesMax, nameof(bounds));
        var parameters = Parameters(among);
        for (var i = 0; i < bounds.Count; i++)
        {
            parameters.Add($"@t{i}", Database.Time(bounds[i]));
        }
        return await Database.QueryAsync(
            MonitoringSql.Totals(_context.Database, among, bounds.Count - 1),
            parameters,
            row => ReadTotals(row, bounds),
            cancellationToken
        );
    }

    /// <summary>The newest runs that ended, the oldest of them first.</summary>
    public async ValueTask<IReadOnlyList<TrendPoint>> TrendAsync(
        IReadOnlyCollection<string>? among,
        DateTimeOffset from,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var parameters = Parameters(among);
        parameters.Add("@from", Database.Time(from));
        parameters.Add("@limit", limit);
        var found = await Database.QueryAsync(
            MonitoringSql.Trend(_context.Database, among),
            parameters,
            row => new TrendPoint(
                row.Time("start_time"),
                row.Number("success_count"),
                row.Number("failure_count"),
                row.RealOrNull("duration") ?? 0
            ),
            cancellationToken
        );
        found.Reverse();
        return found;
    }

    /// <summary>
    /// Keys that are missing on the target as of each pipeline's last proof; a pipeline that was never proven is left
    /// out.
    /// </summary>
    public async ValueTask<IReadOnlyDictionary<string, long>> GapsAsync(
        IReadOnlyCollection<string>? among,
        CancellationToken cancellationToken
    )
    {
        var parameters = Parameters(among);
        parameters.Add("@limit", PipelineQueries.PipelinesMax);
        var found = await Database.QueryAsync(
            MonitoringSql.Gaps(_context.Database, among),
            parameters,
            row => (Pipeline: row.Text("entity_type"), Gaps: row.NumberOrNull("gaps")),
            cancellationToken
        );
        return found
            .Where(entry => entry.Gaps is not null)
            .ToDictionary(entry => entry.Pipeline, entry => entry.Gaps!.Value, StringComparer.Ordinal);
    }

    /// <summary>Errors since a time, by kind and severity; kinds without errors are left out.</summary>
    public async ValueTask<IReadOnlyList<ErrorTotals>> ErrorsAsync(
        IReadOnlyCollection<string>? among,
        DateTimeOffset from,
        CancellationToken cancellationToken
    )
    {
        var parameters = Parameters(among);
        parameters.Add("@from", Database.Time(from));
        return await Database.QueryAsync(
            MonitoringSql.Errors(_context.Database, among),
            parameters,
            row => new ErrorTotals(
                row.Name<ErrorType>("error_type"),
                row.Name<Severity>("error_severity"),
                row.Number("errors")
            ),
            cancellationToken
        );
    }

    /// <summary>
    /// Mean time from an error to its resolution, of errors since a time that were resolved (the newest 10,000); null
    /// when there are none.
    /// </summary>
    public async ValueTask<TimeSpan?> TimeToResolutionAsync(
        IReadOnlyCollection<string>? among,
        DateTimeOffset from,
        CancellationToken cancellationToken
    )
    {
        var parameters = Parameters(among);
        parameters.Add("@from", Database.Time(from));
        parameters.Add("@limit", ResolvedMax);
        var found = await Database.QueryAsync(
            MonitoringSql.Resolved(_context.Database, among),
            parameters,
            row => (row.Time("resolved_at") - row.Time("occurred_at")).TotalSeconds,
            cancellationToken
        );
        return found.Count == 0 ? null : TimeSpan.FromSeconds(found.Average());
    }

    private static RunTotals ReadTotals(RowReader row, IReadOnlyList<DateTimeOffset> bounds)
    {
        var slice = (int)row.Number("slice");
        return new RunTotals
        {
            From = bounds[slice],
            To = bounds[slice + 1],
            Completed = row.Number("completed"),
            Failed = row.Number("failed"),
            Successes = row.Number("successes"),
            Failures = row.Number("failures"),
            Seconds = row.RealOrNull("seconds") ?? 0,
            SecondsMax = row.RealOrNull("seconds_max") ?? 0,
            MemoryMbMax = row.RealOrNull("memory_max"),
            Errors = row.Number("errors"),
        };
    }

    private static DynamicParameters Parameters(IReadOnlyCollection<string>? among)
    {
        var parameters = new DynamicParameters();
        parameters.Add("@among", among?.ToArray());
        return parameters;
    }
}
