using System.Text;
using TrueUp.Audit;
using TrueUp.Sides;
using TrueUp.Store.Database;

namespace TrueUp.Store.Queries;

/// <summary>The statements of <see cref="MonitoringQueries"/>, the same for every dialect.</summary>
internal static class MonitoringSql
{
    private const string Processed = "w.success_count + w.failure_count";

    // Grouped by an expression: by the column itself SQLite would go through the whole index that begins with it. One
    // that is typed as text: only then SQLite finds the pipelines of the groups by an index it makes for that.
    public static string Health(ControlDatabase database, IReadOnlyCollection<string>? among) =>
        $"""
            SELECT s.entity_type, s.last_sync, s.average_duration, s.is_active, s.alert_threshold_failures,
                coalesce(d.completed, 0) AS completed, coalesce(d.failed, 0) AS failed,
                coalesce(d.records, 0) AS records, coalesce(d.records_today, 0) AS records_today,
                (SELECT count(*) FROM sync_audit_logs f
                    WHERE f.pipeline = s.entity_type AND f.start_time >= coalesce(s.last_sync, @never)
                        AND f.status = 'failed' AND {SyncRuns.Only("f")}) AS consecutive
            FROM sync_status s
            LEFT JOIN (
                SELECT CAST(w.pipeline AS text) AS pipeline, count(CASE WHEN w.status = 'completed' THEN 1 END) AS completed,
                    count(CASE WHEN w.status = 'failed' THEN 1 END) AS failed,
                    CAST(sum({Processed}) AS bigint) AS records,
                    CAST(sum(CASE WHEN w.start_time >= @today THEN {Processed} ELSE 0 END) AS bigint) AS records_today
                FROM sync_audit_logs w
                WHERE w.start_time >= @day AND {SyncRuns.Only("w")} {SyncRuns.Among(database, "w.pipeline", among)}
                GROUP BY CAST(w.pipeline AS text)) d ON d.pipeline = s.entity_type
            WHERE 1 = 1 {SyncRuns.Among(database, "s.entity_type", among)}
            ORDER BY s.entity_type LIMIT @limit
            """;

    public static string Totals(ControlDatabase database, IReadOnlyCollection<string>? among, int slices)
    {
        var values = new StringBuilder();
        for (var i = 0; i < slices; i++)
        {
            values.Append(i == 0 ? "" : ", ").Append($"({i}, @t{i}, @t{i + 1})");
        }
        return $"""
            WITH slices (slice, since, until) AS (VALUES {values})
            SELECT b.slice, count(CASE WHEN w.status = 'completed' THEN 1 END) AS completed,
                count(CASE WHEN w.status = 'failed' THEN 1 END) AS failed,
                CAST(coalesce(sum(w.success_count), 0) AS bigint) AS successes,
                CAST(coalesce(sum(w.failure_count), 0) AS bigint) AS failures,
                sum(w.duration) AS seconds, max(w.duration) AS seconds_max, max(w.memory_usage_mb) AS memory_max,
                CAST(coalesce(sum((SELECT count(*) FROM sync_error_log e WHERE e.audit_log_id = w.id)), 0) AS bigint)
                    AS errors
            FROM slices b LEFT JOIN sync_audit_logs w
                ON w.start_time >= b.since AND w.start_time < b.until AND {SyncRuns.Ended("w")}
                    AND {SyncRuns.Only("w")} {SyncRuns.Among(database, "w.pipeline", among)}
            GROUP BY b.slice ORDER BY b.slice
            """;
    }

    public static string Trend(ControlDatabase database, IReadOnlyCollection<string>? among) =>
        $"""
            SELECT w.start_time, w.success_count, w.failure_count, w.duration FROM sync_audit_logs w
            WHERE w.start_time >= @from AND {SyncRuns.Ended("w")} AND {SyncRuns.Only("w")}
                {SyncRuns.Among(database, "w.pipeline", among)}
            ORDER BY w.start_time DESC LIMIT @limit
            """;

    /// <summary>Null for a pipeline without a verdict.</summary>
    public static string Gaps(ControlDatabase database, IReadOnlyCollection<string>? among) =>
        $"""
            SELECT s.entity_type, (
                SELECT CAST(coalesce(x.verification_result ->> 'gaps_total', '0') AS bigint) FROM sync_audit_logs x
                WHERE x.pipeline = s.entity_type AND x.verdict IS NOT NULL AND NOT x.dry_run
                ORDER BY x.start_time DESC, x.id DESC LIMIT 1) AS gaps
            FROM sync_status s
            WHERE 1 = 1 {SyncRuns.Among(database, "s.entity_type", among)}
            LIMIT @limit
            """;

    /// <summary>
    /// Of all pipelines by ranges of the index of kinds, which begins with neither pipeline nor time.
    /// </summary>
    public static string Errors(ControlDatabase database, IReadOnlyCollection<string>? among) =>
        among is null
            ? $"""
                WITH kinds (error_type, error_severity) AS (VALUES {Kinds})
                SELECT * FROM (SELECT k.error_type, k.error_severity,
                    (SELECT count(*) FROM sync_error_log e WHERE e.error_type = k.error_type
                        AND e.error_severity = k.error_severity AND e.occurred_at >= @from) AS errors
                    FROM kinds k) t WHERE errors > 0
                """
            : $"""
                SELECT error_type, error_severity, count(*) AS errors FROM sync_error_log
                WHERE entity_type {database.OneOf(
                    "@among"
                )} AND occurred_at >= @from GROUP BY error_type, error_severity
                """;

    public static string Resolved(ControlDatabase database, IReadOnlyCollection<string>? among) =>
        $"""
            SELECT occurred_at, resolved_at FROM sync_error_log
            WHERE resolved_at IS NOT NULL AND occurred_at >= @from {SyncRuns.Among(database, "entity_type", among)}
            ORDER BY id DESC LIMIT @limit
            """;

    private static string Kinds =>
        string.Join(
            ", ",
            from type in Enum.GetNames<ErrorType>()
            from severity in Enum.GetNames<Severity>()
            select $"('{type.ToUpperInvariant()}', '{severity.ToUpperInvariant()}')"
        );
}
