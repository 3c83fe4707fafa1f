using TrueUp.Store.Database;

namespace TrueUp.Store.Jobs;

/// <summary>The statements of the queue.</summary>
internal static class JobSql
{
    /// <summary>
    /// A server that runs a job is the only one that may change it, as long as its claim is the newest.
    /// </summary>
    public const string Held = "id = @id AND claim = @claim AND state = 'running'";

    /// <summary>
    /// Whose time has come. A job from the future was put in before the clock was set back: it waits no longer.
    /// </summary>
    public static string IsDue(ControlDatabase database) =>
        $"(due_at <= {database.Now} OR enqueued_at > {database.Now})";

    public static string Insert(ControlDatabase database) =>
        $"""
            INSERT INTO sync_jobs (id, entity_type, unit, priority, trigger_source, triggered_by, trigger_reason,
                verify_only, state, enqueued_at, due_at, retries)
            VALUES (@id, @pipeline, @unit, @priority, @trigger, @triggeredBy, @reason,
                @verifyOnly, 'queued', {database.Now}, {database.After("@delay")}, @retries)
            """;

    /// <summary>
    /// One that waits takes in another: the earlier time, the higher priority, as many units as both want. Of a job
    /// that writes and one that only compares, the one that writes decides about units: joining must not lead to writes
    /// that nobody asked for. It is the person's, if one of them is; a retry that something else joins is one no more.
    /// </summary>
    public static string Join(ControlDatabase database) =>
        $"""
            UPDATE sync_jobs SET
                priority = CASE WHEN @priority < priority THEN @priority ELSE priority END,
                due_at = CASE WHEN {database.After("@delay")} < due_at THEN {database.After("@delay")} ELSE due_at END,
                unit = CASE WHEN verify_only = @verifyOnly THEN (CASE WHEN unit = @unit THEN unit END)
                    WHEN verify_only THEN @unit ELSE unit END,
                verify_only = (verify_only AND @verifyOnly),
                retries = CASE WHEN @isRetry THEN retries ELSE 0 END,
                trigger_source = CASE WHEN {Takes} THEN @trigger ELSE trigger_source END,
                triggered_by = CASE WHEN {Takes} THEN @triggeredBy ELSE triggered_by END,
                trigger_reason = CASE WHEN {Takes} THEN @reason ELSE trigger_reason END
            WHERE id = @id
            """;

    /// <summary>Somebody asked: kept for each of them, also where they get one run together.</summary>
    public const string Ask = """
        INSERT INTO sync_job_triggers (job_id, entity_type, unit, priority, triggered_by, trigger_reason, triggered_at)
        VALUES (@id, @pipeline, @unit, @priority, @triggeredBy, @reason, @now)
        """;

    private const string Takes = "(@isManual OR (trigger_source = 'retry' AND NOT @isRetry))";

    /// <summary>Whoever changes what waits or runs goes through this row, one after the other.</summary>
    public const string Gate = "UPDATE sync_queue_gate SET claims = claims + 1 WHERE id = 1";

    public static string Claim(ControlDatabase database) =>
        $"""
            UPDATE sync_jobs
            SET state = 'running', node_id = @nodeId, claim = claim + 1, started_at = @now,
                lease_until = {database.After("@lease")}, progress = NULL, run_id = NULL
            WHERE state = 'queued' AND id = (
                SELECT j.id FROM sync_jobs j
                WHERE j.state = 'queued' AND {IsDue(database)} AND j.entity_type {database.OneOf("@pipelines")}
                    AND NOT EXISTS (SELECT 1 FROM sync_jobs r
                        WHERE r.entity_type = j.entity_type AND r.state = 'running')
                    AND NOT EXISTS (SELECT 1 FROM sync_status s
                        WHERE s.entity_type = j.entity_type AND NOT s.is_active)
                    AND (@runningMax = 0
                        OR (SELECT count(*) FROM sync_jobs r WHERE r.state = 'running') < @runningMax)
                ORDER BY j.priority, j.due_at, j.id LIMIT 1)
            RETURNING *
            """;

    public static string Renew(ControlDatabase database) =>
        $"""
            UPDATE sync_jobs
            SET lease_until = {database.After("@lease")}, run_id = coalesce(@runId, run_id),
                progress = coalesce({database.Json("@progress")}, progress)
            WHERE {Held} AND lease_until > {database.Now}
            RETURNING *
            """;

    public static string Finish(ControlDatabase database) =>
        $"""
            UPDATE sync_jobs
            SET state = @state, finished_at = @now, lease_until = NULL, run_id = coalesce(@runId, run_id),
                records_processed = @records, error_code = @code, error_message = @message,
                progress = coalesce({database.Json("@progress")}, progress)
            WHERE {Held}
            """;

    /// <summary>
    /// A job given up by its server waits again, unless another does already or it was tried too often.
    /// </summary>
    /// <param name="which">Which jobs: all of them are running.</param>
    public static string GiveUp(string which) =>
        $"""
            UPDATE sync_jobs SET
                state = CASE WHEN NOT {Ends} THEN 'queued'
                    WHEN cancel_requested_at IS NULL THEN 'failed' ELSE 'cancelled' END,
                finished_at = CASE WHEN {Ends} THEN @now END,
                error_code = CASE WHEN {Ends} THEN 'server_lost' END,
                error_message = CASE WHEN {Ends} THEN @lost END,
                node_id = CASE WHEN {Ends} THEN node_id END,
                attempt = attempt + CASE WHEN {Ends} THEN 0 ELSE @step END,
                claim = claim + 1, lease_until = NULL
            WHERE state = 'running' AND {which}
            """;

    private const string Ends = """
        (attempt >= @attemptsMax OR cancel_requested_at IS NOT NULL
            OR EXISTS (SELECT 1 FROM sync_jobs q WHERE q.entity_type = sync_jobs.entity_type AND q.state = 'queued'))
        """;
}
