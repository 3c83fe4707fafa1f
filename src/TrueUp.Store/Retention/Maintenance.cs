using TrueUp.Sides;
using TrueUp.Store.Database;

namespace TrueUp.Store.Retention;

/// <summary>
/// Keeps a home small and its summaries fresh. Of all processes that share a home, one does it at a time.
/// </summary>
public sealed class Maintenance
{
    private readonly StoreContext _context;
    private readonly RunArchive _archive;
    private readonly MetricsRollup _metrics;

    internal Maintenance(StoreContext context)
    {
        _context = context;
        _archive = new RunArchive(context);
        _metrics = new MetricsRollup(context);
    }

    /// <summary>
    /// Archives old runs, sums up old metrics, acknowledges old alerts and refreshes the health summary. What a killed
    /// process left half done is done by the next: nothing is deleted before it was read back from the archive.
    /// </summary>
    /// <exception cref="SideException">The database or the archive cannot be used.</exception>
    public async ValueTask<RetentionResult> RunAsync(RetentionSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.RunsMax, 1, nameof(settings));
        using var alone = _archive.TryLock();
        if (alone is null)
        {
            return new RetentionResult { IsBusy = true };
        }
        // What was made since the database was opened, such as the tables of the scheduler, is closed to readers too.
        _context.Database.Secure();
        var now = _context.Clock.GetUtcNow();
        // Metrics go with their runs, so they come first.
        var metrics = await _metrics.RunAsync(Earlier(now - settings.Metrics, now - settings.Audit), cancellationToken);
        var runs = await _archive.RunsAsync(now - settings.Audit, settings.RunsMax, cancellationToken);
        var result = new RetentionResult
        {
            MetricsAggregated = metrics,
            RunsArchived = runs,
            JobsArchived = await _archive.JobsAsync(now - settings.Audit, settings.RunsMax, cancellationToken),
            SegmentFoldersMoved = await _archive.SegmentsAsync(now - settings.Audit, cancellationToken),
            ImageFoldersDeleted = await _archive.ImagesAsync(now - settings.Audit, cancellationToken),
            AlertsAcknowledged = await AcknowledgeAsync(now - settings.Alerts, cancellationToken),
        };
        await RefreshHealthAsync(cancellationToken);
        return result;
    }

    /// <summary>
    /// Brings <c>sync_health_summary</c> up to date: the runs of the last 24 hours by pipeline. Readers see the old or
    /// the new one, never half of it.
    /// </summary>
    public async ValueTask RefreshHealthAsync(CancellationToken cancellationToken)
    {
        var now = _context.Clock.GetUtcNow();
        var row = new { now = _context.Database.Time(now), since = _context.Database.Time(now.AddDays(-1)) };
        await _context.Writer.RunAsync(
            transaction =>
            {
                _context.Database.Lock(transaction, "health");
                transaction.Execute(Refresh, row);
            },
            durable: false,
            cancellationToken
        );
    }

    private async ValueTask<int> AcknowledgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var changed = 0;
        var row = new
        {
            yes = true,
            no = false,
            before = _context.Database.Time(before),
            now = _context.Database.Time(_context.Clock.GetUtcNow()),
        };
        await _context.Writer.RunAsync(
            transaction =>
                changed = transaction.Execute(
                    """
                    UPDATE sync_alerts SET acknowledged = @yes, acknowledged_at = @now, acknowledged_by = 'retention'
                    WHERE acknowledged = @no AND created_at < @before
                    """,
                    row
                ),
            durable: true,
            cancellationToken
        );
        return changed;
    }

    // A run's metrics are summed up at the latest when the run goes.
    private static DateTimeOffset Earlier(DateTimeOffset metrics, DateTimeOffset audit) =>
        metrics > audit ? metrics : audit;

    private const string Refresh = """
        DELETE FROM sync_health_summary;
        INSERT INTO sync_health_summary (entity_type, total_executions, successful_executions, avg_duration_seconds,
            last_execution, refreshed_at)
        SELECT pipeline, count(*), sum(CASE WHEN status = 'completed' THEN 1 ELSE 0 END), avg(duration),
            max(start_time), @now
        FROM sync_audit_logs WHERE start_time >= @since
        GROUP BY pipeline
        """;
}
