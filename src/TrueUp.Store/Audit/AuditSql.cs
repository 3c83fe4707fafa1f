using TrueUp.Store.Database;

namespace TrueUp.Store.Audit;

/// <summary>The statements that write a run's trail.</summary>
internal static class AuditSql
{
    private const string StaysDiscarded =
        "dead_letters.state = 'discarded' AND dead_letters.raw IS NOT DISTINCT FROM excluded.raw";

    public static readonly BulkInsert Records = new(
        "sync_record_logs",
        "audit_log_id",
        "unit",
        "record_key",
        "operation",
        "result",
        "error_message",
        "timestamp",
        "created_at"
    );

    public static readonly BulkInsert Gaps = new(
        "gaps",
        "audit_log_id",
        "unit",
        "kind",
        "record_key",
        new BulkColumn("column_names", IsJson: true),
        "others",
        "found_at"
    );

    public const string Recovery = """
        INSERT INTO recoveries (audit_log_id, unit, action, attempt, reason, succeeded, occurred_at)
        VALUES (@runId, @unit, @action, @attempt, @reason, @succeeded, @now)
        """;

    /// <summary>
    /// A letter that comes again is pending again, but stays discarded while it is still the record somebody discarded.
    /// Several refusals within a run are one attempt.
    /// </summary>
    public const string DeadLetter = $"""
        INSERT INTO dead_letters (pipeline, unit, record_key, state, issue, reason, column_name, line, ordinal, raw,
            attempts, first_seen, last_seen, first_run_id, last_run_id)
        VALUES (@pipeline, @unit, @key, 'pending', @issue, @reason, @column, @line, @ordinal, @raw,
            1, @now, @now, @runId, @runId)
        ON CONFLICT (pipeline, unit, record_key) DO UPDATE SET
            state = CASE WHEN {StaysDiscarded} THEN 'discarded' ELSE 'pending' END,
            settled_at = CASE WHEN {StaysDiscarded} THEN dead_letters.settled_at END,
            settled_by = CASE WHEN {StaysDiscarded} THEN dead_letters.settled_by END,
            settled_reason = CASE WHEN {StaysDiscarded} THEN dead_letters.settled_reason END,
            attempts = dead_letters.attempts
                + CASE WHEN dead_letters.last_run_id = excluded.last_run_id THEN 0 ELSE 1 END,
            issue = excluded.issue, reason = excluded.reason, column_name = excluded.column_name, line = excluded.line,
            ordinal = excluded.ordinal, raw = excluded.raw,
            last_seen = excluded.last_seen, last_run_id = excluded.last_run_id
        """;

    public const string Settle = """
        UPDATE dead_letters
        SET state = 'succeeded', settled_at = @now, settled_reason = 'synchronised by run ' || @runId
        WHERE pipeline = @pipeline AND unit = @unit AND state = 'pending' AND last_run_id <> @runId
        """;

    /// <summary>The last sync is the last one that went through; the average is over all.</summary>
    public const string Status = """
        UPDATE sync_status SET
            last_sync = CASE WHEN @success THEN @finishedAt ELSE last_sync END,
            success_count = success_count + CASE WHEN @success THEN 1 ELSE 0 END,
            error_count = error_count + CASE WHEN @success THEN 0 ELSE 1 END,
            last_error = CASE WHEN @success THEN last_error ELSE coalesce(@errorMessage, @status) END,
            last_error_time = CASE WHEN @success THEN last_error_time ELSE @finishedAt END,
            average_duration = coalesce(
                average_duration + (@seconds - average_duration) / (success_count + error_count + 1), @seconds),
            last_duration = @seconds, records_processed_last = @processed,
            records_processed_total = records_processed_total + @processed,
            last_memory_usage = @memoryMb, updated_at = @now
        WHERE entity_type = @pipeline
        """;

    public static string Error(ControlDatabase database) =>
        $"""
            INSERT INTO sync_error_log (audit_log_id, entity_type, unit, error_type, error_severity, error_message,
                error_context, recovery_suggestion, record_key, stack_trace, occurred_at)
            VALUES (@runId, @pipeline, @unit, @type, @severity, @message,
                {database.Json("@context")}, @suggestion, @key, @stackTrace, @now)
            """;

    public static string Unit(ControlDatabase database) =>
        $"""
            INSERT INTO sync_unit_results
                (sync_execution_id, unit, entity_type, success, records_processed, processing_duration,
                error_message, error_type, retry_attempt, status, verdict,
                counts, verification_result, warnings, created_at)
            VALUES (@runId, @unit, @pipeline, @success, @processed, @duration,
                @message, @type, @retries, @status, @verdict,
                {database.Json("@counts")}, {database.Json("@verification")}, {database.Json("@warnings")}, @now)
            """;

    public static string Complete(ControlDatabase database) =>
        $"""
            UPDATE sync_audit_logs SET
                end_time = @finishedAt, status = @status, success_count = @successes, failure_count = @failures,
                verification_result = {database.Json("@verification")}, verdict = @verdict, dry_run = @dryRun,
                counts = {database.Json("@counts")}, phases = {database.Json("@phases")},
                duration = @seconds, memory_usage_mb = @memoryMb,
                error_code = @errorCode, error_message = @errorMessage, error_suggestion = @errorSuggestion,
                findings = {database.Json("@findings")}, self_test = {database.Json("@selfTest")}, updated_at = @now
            WHERE id = @runId;
            UPDATE recoveries SET succeeded = @success WHERE audit_log_id = @runId AND succeeded IS NULL;
            INSERT INTO sync_metrics (audit_log_id, execution_time, throughput, errors, created_at)
            VALUES (@runId, {database.Json("@phases")}, {database.Json("@throughput")},
                {database.Json("@errors")}, @now)
            """;
}
