using TrueUp.Store.Database;

namespace TrueUp.Store.Queries;

/// <summary>
/// What happened to a pipeline: its runs, its errors, who asked for runs, who paused it, who changed how it is set up;
/// in one list.
/// </summary>
public sealed class TimelineQueries
{
    private readonly StoreContext _context;

    internal TimelineQueries(StoreContext context) => _context = context;

    /// <summary>What happened, newest first.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="configKeys">The keys of the configuration that are about it.</param>
    /// <param name="before">The last entry of the page before (its time, kind and identifier count), or null.</param>
    /// <param name="limit">Entries at most, from 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<TimelineEntry>> ListAsync(
        string pipeline,
        IReadOnlyList<string> configKeys,
        TimelineEntry? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await _context.Database.QueryAsync(
            Sql(_context.Database),
            new
            {
                pipeline,
                configKeys,
                limit,
                at = _context.Database.Time(before?.At ?? DateTimeOffset.MaxValue.AddTicks(-9)),
                kind = before?.Kind ?? "",
                id = before?.Id ?? "",
            },
            Read,
            cancellationToken
        );
    }

    // Each part takes its newest by an index; what has the time of the last entry is ordered by kind and identifier.
    private static string Sql(ControlDatabase database) =>
        $"""
        SELECT * FROM (
            {Part("sync_audit_logs", "pipeline = @pipeline", "start_time", "'run'", "id", "status", "triggered_by",
                "error_message", "id")}
            UNION ALL
            {Part("sync_error_log", "entity_type = @pipeline", "occurred_at", "'error'", "CAST(id AS text)", "error_severity",
                "CAST(NULL AS text)", "error_message", "audit_log_id")}
            UNION ALL
            {Part("sync_job_triggers t JOIN sync_jobs j ON j.id = t.job_id", "t.entity_type = @pipeline",
                "t.triggered_at", "'request'", "j.id", "j.state", "t.triggered_by", "t.trigger_reason", "j.run_id")}
            UNION ALL
            {Part("sync_status", "entity_type = @pipeline", "paused_at", "'pause'", "entity_type",
                "CAST(NULL AS text)", "paused_by", "paused_note", "CAST(NULL AS text)")}
            UNION ALL
            {Part("sync_config_history", $"config_key {database.OneOf("@configKeys")}", "changed_at", "'config'",
                "CAST(id AS text)", "source", "changed_by", "note", "CAST(NULL AS text)")}
        ) t ORDER BY at DESC, kind DESC, id DESC LIMIT @limit
        """;

    private static string Part(
        string table,
        string condition,
        string at,
        string kind,
        string id,
        string status,
        string actor,
        string message,
        string run
    ) =>
        $"""
            SELECT * FROM (
                SELECT {at} AS at, {kind} AS kind, {id} AS id, {status} AS status, {actor} AS actor,
                    {message} AS message, {run} AS run_id
                FROM {table}
                WHERE {condition} AND {at} <= @at
                    AND ({at} < @at OR {kind} < @kind OR ({kind} = @kind AND {id} < @id))
                ORDER BY {at} DESC, {id} DESC LIMIT @limit) part
            """;

    private static TimelineEntry Read(RowReader row) =>
        new(
            row.Time("at"),
            row.Text("kind"),
            row.Text("id"),
            row.TextOrNull("status"),
            row.TextOrNull("actor"),
            row.TextOrNull("message"),
            row.TextOrNull("run_id")
        );
}
