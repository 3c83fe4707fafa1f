using Dapper;
using TrueUp.Sides;
using TrueUp.Store.Database;

namespace TrueUp.Store.Tests.Database;

/// <summary>How a control database is set up, and when it is refused.</summary>
public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public async Task Opening_a_home_again_changes_nothing()
    {
        var before = await QueryAsync(
            "SELECT * FROM trueup_migrations",
            row => (row.Number("version"), row.Text("checksum"))
        );
        Clock.Advance(TimeSpan.FromDays(1));
        await ReopenAsync();

        (
            await QueryAsync("SELECT * FROM trueup_migrations", row => (row.Number("version"), row.Text("checksum")))
        ).ShouldBe(before);
        before.Count.ShouldBe(Migration.For(Dialect).Count);
    }

    [Fact]
    public void Migrations_are_numbered_from_1_without_gaps()
    {
        var migrations = Migration.For(Dialect);
        migrations.Select(m => m.Version).ShouldBe(Enumerable.Range(1, migrations.Count));
        migrations.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_later_migration_is_applied_once_to_an_older_database()
    {
        var more = new Migration(Migration.For(Dialect).Count + 1, "next", "CREATE TABLE next_table (id INTEGER)");
        using var database = CreateDatabase(HomeFolder);
        var migrator = new Migrator(database, Clock, [.. Migration.For(Dialect), more]);

        migrator.Migrate();
        migrator.Migrate();

        (await QueryAsync("SELECT count(*) AS n FROM next_table", row => row.Number("n"))).ShouldBe([0]);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_version_before_it()
    {
        var broken = new Migration(
            Migration.For(Dialect).Count + 1,
            "broken",
            "CREATE TABLE half (id INTEGER); SELECT * FROM nowhere"
        );
        using var database = CreateDatabase(HomeFolder);

        Should.Throw<SideException>(new Migrator(database, Clock, [.. Migration.For(Dialect), broken]).Migrate);

        (await QueryAsync("SELECT max(version) AS v FROM trueup_migrations", row => row.Number("v"))).ShouldBe([
            broken.Version - 1,
        ]);
        await Should.ThrowAsync<SideException>(() => QueryAsync("SELECT * FROM half", row => 0));
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused()
    {
        using var database = CreateDatabase(HomeFolder);

        var error = Should.Throw<SideException>(new Migrator(database, Clock, []).Migrate);

        error.Code.ShouldBe("control_database_newer");
        error.Message.ShouldContain($"version {Migration.For(Dialect).Count}");
    }

    [Fact]
    public void A_database_that_was_set_up_by_another_form_of_a_migration_is_refused()
    {
        using var database = CreateDatabase(HomeFolder);
        var known = Migration.For(Dialect);
        var altered = new Migration(1, known[0].Name, "CREATE TABLE something_else (id INTEGER)");

        Should
            .Throw<SideException>(new Migrator(database, Clock, [altered, .. known.Skip(1)]).Migrate)
            .Code.ShouldBe("control_database_altered");
    }

    [Fact]
    public async Task A_database_of_something_else_is_refused_and_left_alone()
    {
        using var database = CreateDatabase(HomeFolder);
        await using (var connection = database.Connect())
        {
            await connection.ExecuteAsync("DROP TABLE trueup_migrations");
        }

        Should.Throw<SideException>(() => OpenHome()).Code.ShouldBe("control_database_foreign");
    }

    [Fact]
    public async Task Every_name_of_the_contract_is_there()
    {
        var columns = new Dictionary<string, string>
        {
            ["sync_status"] =
                "entity_type, last_sync, sync_frequency, next_sync, success_count, error_count, last_error, "
                + "last_error_time, is_active, average_duration, last_duration, records_processed_last, "
                + "records_processed_total, last_memory_usage, alert_threshold_failures, notification_channels, "
                + "updated_at",
            ["sync_execution_history"] =
                "id, entity_type, execution_start, execution_end, duration, success, records_processed, "
                + "memory_usage_mb, error_details",
            ["sync_unit_results"] =
                "id, sync_execution_id, unit, entity_type, success, records_processed, processing_duration, "
                + "error_message, error_type, retry_attempt, created_at",
            ["sync_error_log"] =
                "id, entity_type, unit, error_type, error_severity, error_message, error_context, "
                + "recovery_suggestion, occurred_at, resolved_at, resolution_notes, audit_log_id, record_key, "
                + "stack_trace",
            ["manual_sync_audit"] =
                "id, sync_job_id, entity_type, unit, priority, triggered_by, trigger_reason, trigger_timestamp, "
                + "completion_timestamp, final_status, records_processed, error_details",
            ["sync_audit_logs"] =
                "id, pipeline, start_time, end_time, trigger_source, status, success_count, failure_count, "
                + "verification_result, created_at, updated_at",
            ["sync_record_logs"] =
                "id, audit_log_id, record_key, operation, result, error_message, timestamp, created_at",
            ["sync_error_logs"] = "id, audit_log_id, error_type, error_message, stack_trace, record_key, created_at",
            ["sync_alerts"] =
                "id, severity, type, message, details, acknowledged, acknowledged_at, acknowledged_by, created_at",
            ["alert_rules"] =
                "id, name, description, entity_type, metric, condition, threshold, evaluation_window, severity, "
                + "notification_channels, escalation_delay, cooldown, is_active",
            ["sync_metrics"] = "id, audit_log_id, execution_time, throughput, errors, created_at",
            ["sync_metrics_daily"] =
                "entity_type, day, runs, records, total_ms_mean, total_ms_max, records_per_second_mean, errors",
            ["sync_config"] = "id, config_key, config_value, updated_at, updated_by",
            ["sync_tournament_results"] =
                "id, sync_execution_id, tournament_no, entity_type, success, records_processed, "
                + "processing_duration, error_message, error_type, retry_attempt, created_at",
            ["sync_health_summary"] =
                "entity_type, total_executions, successful_executions, avg_duration_seconds, last_execution",
            ["recoveries"] = "audit_log_id, unit, action, attempt, reason, succeeded",
            ["dead_letters"] = "pipeline, unit, record_key, state, first_seen, last_seen, attempts, reason, raw",
            ["gaps"] = "audit_log_id, unit, kind, record_key, found_at",
            ["receipts"] = "run_id, pipeline, path, hash",
        };

        foreach (var (table, names) in columns)
        {
            (await QueryAsync($"SELECT {names} FROM {table}", row => 0)).ShouldBeEmpty(table);
        }
    }

    [Fact]
    public async Task The_views_say_what_the_tables_say()
    {
        await using var run = await Home.Audit.StartAsync(Testing.Sample.Start(Clock), CancellationToken.None);
        await run.ErrorAsync(
            new TrueUp.Audit.AuditError("", ErrorType.Auth, TrueUp.Audit.Severity.High, "m", "s") { Key = "k" },
            CancellationToken.None
        );
        (await QueryAsync("SELECT success FROM sync_execution_history", row => row.FlagOrNull("success"))).ShouldBe([
            null,
        ]);
        await run.CompleteAsync(Testing.Sample.Outcome(run, Clock), CancellationToken.None);

        var history = await QueryAsync(
            "SELECT * FROM sync_execution_history",
            row => (row.Text("id"), row.RealOrNull("duration"), row.Flag("success"), row.Number("records_processed"))
        );
        await Home.Maintenance.RefreshHealthAsync(CancellationToken.None);
        var health = await QueryAsync(
            "SELECT * FROM sync_health_summary",
            row =>
                (
                    row.Text("entity_type"),
                    row.Number("total_executions"),
                    row.Number("successful_executions"),
                    row.RealOrNull("avg_duration_seconds")
                )
        );
        var errors = await QueryAsync(
            "SELECT * FROM sync_error_logs",
            row => (row.Text("error_type"), row.Text("record_key"), row.Text("audit_log_id"))
        );

        history.ShouldBe([(run.RunId, 3.0, true, 10)]);
        health.ShouldBe([("sellers", 1, 1, 3.0)]);
        errors.ShouldBe([("network", "k", run.RunId)]);
    }

    private string Dialect
    {
        get
        {
            using var database = CreateDatabase(HomeFolder);
            return database.Dialect;
        }
    }
}
