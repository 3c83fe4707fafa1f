using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Store.Database;

namespace TrueUp.Store.Audit;

/// <summary>
/// Begins the trail of each run. Runs of a pipeline never overlap, so an older one that still says <c>in_progress</c>
/// was interrupted: it is marked <c>failed</c>, and the new run records the recovery. Should the older one be alive
/// after all (a verification next to a run, a run that was fenced off), its own completion has the last word.
/// </summary>
internal sealed class AuditLog(StoreContext context, RunIds ids) : IAuditLog
{
    /// <inheritdoc />
    public async ValueTask<IRunAudit> StartAsync(RunStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        var runId = ids.Next();
        var database = context.Database;
        var row = new
        {
            runId,
            pipeline = start.Pipeline.Name,
            startedAt = database.Time(start.StartedAt),
            trigger = start.Trigger.ToString().ToLowerInvariant(),
            triggeredBy = Redaction.CleanOrNull(start.TriggeredBy),
            mode = start.Pipeline.Mode.ToString().ToLowerInvariant(),
            level = start.Pipeline.Audit.ToString().ToLowerInvariant(),
            verifyOnly = start.VerifyOnly,
            file = start.Pipeline.File,
            hash = start.Pipeline.FileHash,
            undone = start.UndoneRun,
            frequency = Frequency(start.Pipeline.Schedule),
            now = database.Time(context.Clock.GetUtcNow()),
        };
        await context.Writer.RunAsync(
            transaction =>
            {
                transaction.Execute(Insert, row);
                transaction.Execute(Interrupt, row);
            },
            durable: true,
            cancellationToken
        );
        return new RunAudit(context, runId, start);
    }

    /// <inheritdoc />
    public async ValueTask<DateTimeOffset?> LastSelfTestAsync(string pipeline, CancellationToken cancellationToken)
    {
        // One that failed does not count: the next run tests again.
        var found = await context.Database.QueryAsync(
            """
            SELECT start_time FROM sync_audit_logs
            WHERE pipeline = @pipeline AND self_test IS NOT NULL
                AND error_code IS DISTINCT FROM 'self_test_failed'
            ORDER BY start_time DESC LIMIT 1
            """,
            new { pipeline },
            row => row.Time("start_time"),
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<PhaseTimes>> RecentPhasesAsync(
        string pipeline,
        int limit,
        CancellationToken cancellationToken
    ) => [.. (await PhaseHistory.ReadAsync(context, pipeline, limit, cancellationToken)).Select(p => p.ToTimes())];

    private static string? Frequency(Pipelines.ScheduleDefinition? schedule) =>
        schedule?.Cron ?? (schedule?.Every is { } every ? $"{every.TotalSeconds:0.###}s" : null);

    private const string Insert = """
        INSERT INTO sync_audit_logs
            (id, pipeline, start_time, trigger_source, triggered_by, status, mode, audit_level, verify_only,
             pipeline_file, pipeline_hash, undone_run, created_at, updated_at)
        VALUES (@runId, @pipeline, @startedAt, @trigger, @triggeredBy, 'in_progress', @mode, @level, @verifyOnly,
             @file, @hash, @undone, @now, @now);
        INSERT INTO sync_status (entity_type, sync_frequency, updated_at) VALUES (@pipeline, @frequency, @now)
        ON CONFLICT (entity_type) DO UPDATE
            SET sync_frequency = excluded.sync_frequency, updated_at = excluded.updated_at
        """;

    private const string Interrupt = """
        INSERT INTO recoveries (audit_log_id, unit, action, attempt, reason, succeeded, occurred_at)
        SELECT @runId, '', 'resume', 1, 'run ' || id || ' was interrupted', NULL, @now
        FROM sync_audit_logs WHERE pipeline = @pipeline AND status = 'in_progress' AND id <> @runId;
        UPDATE sync_status
        SET error_count = error_count + 1, last_error_time = @now,
            last_error = 'The run was interrupted before it ended.'
        WHERE entity_type = @pipeline AND EXISTS (SELECT 1 FROM sync_audit_logs
            WHERE pipeline = @pipeline AND status = 'in_progress' AND id <> @runId AND NOT verify_only);
        UPDATE sync_audit_logs
        SET status = 'failed', end_time = @now, error_code = 'interrupted',
            error_message = 'The run was interrupted before it ended.',
            error_suggestion = 'Nothing has to be done: the next run compares and goes on.', updated_at = @now
        WHERE pipeline = @pipeline AND status = 'in_progress' AND id <> @runId
        """;
}
