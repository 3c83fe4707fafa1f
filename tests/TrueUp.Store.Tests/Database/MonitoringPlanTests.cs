using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using TrueUp.Store.Database;
using TrueUp.Store.Queries;
using TrueUp.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>
/// What dashboards ask all the time goes through indexes: with ten thousand runs no statement looks at all of them.
/// </summary>
public sealed class MonitoringPlanTests : IDisposable
{
    private const int Runs = 10_000;

    private static readonly string[] Large =
    [
        "sync_audit_logs",
        "sync_error_log",
        "sync_unit_results",
        "w",
        "f",
        "x",
        "run",
        "proof",
        "e",
        "u",
        "n",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteControlDatabase _database;

    public MonitoringPlanTests()
    {
        _database = new SqliteControlDatabase(_folder.File("trueup.db"));
        new Migrator(_database, TimeProvider.System, Migration.For("sqlite")).Migrate();
        using var connection = _database.Connect();
        connection.Execute(Fill, new { runs = Runs });
    }

    [Theory]
    [InlineData("health")]
    [InlineData("health of one")]
    [InlineData("totals")]
    [InlineData("totals of one")]
    [InlineData("trend")]
    [InlineData("trend of one")]
    [InlineData("gaps")]
    [InlineData("errors")]
    [InlineData("errors of one")]
    [InlineData("units")]
    [InlineData("pipelines")]
    [InlineData("pipelines of one")]
    public void No_statement_of_a_dashboard_looks_at_everything(string name)
    {
        string[]? one = name.EndsWith("of one", StringComparison.Ordinal) ? ["p1"] : null;
        var sql = name.Split(' ')[0] switch
        {
            "health" => MonitoringSql.Health(_database, one),
            "totals" => MonitoringSql.Totals(_database, one, 24),
            "trend" => MonitoringSql.Trend(_database, one),
            "gaps" => MonitoringSql.Gaps(_database, one),
            "errors" => MonitoringSql.Errors(_database, one),
            "pipelines" => PipelineQueries.Status(one is not null),
            _ => UnitQueries.Latest,
        };
        using var connection = (SqliteConnection)_database.Connect();
        var plan = connection.Query<Step>("EXPLAIN QUERY PLAN " + sql, Parameters(one)).Select(s => s.Detail).ToList();
        plan.ShouldNotBeEmpty();
        foreach (var step in plan)
        {
            step.ShouldNotContain("sync_audit_logs_status");
            Large.ShouldAllBe(table => step != $"SCAN {table}" && !step.StartsWith($"SCAN {table} "), step);
        }
        if (name == "health")
        {
            // What is summed up by pipeline is joined by an index, not each with each.
            plan.ShouldContain(step => step.StartsWith("SEARCH d ", StringComparison.Ordinal));
        }
        if (name.StartsWith("pipelines", StringComparison.Ordinal))
        {
            plan.ShouldContain(step => step.Contains("sync_audit_logs_newest"));
            plan.ShouldContain(step => step.Contains("sync_audit_logs_proofs"));
        }
        var started = Stopwatch.StartNew();
        var rows = connection.Query(sql, Parameters(one)).AsList().Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{rows} rows in {started.ElapsedMilliseconds} ms");
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private DynamicParameters Parameters(string[]? among)
    {
        var now = new DateTimeOffset(2026, 3, 8, 0, 0, 0, TimeSpan.Zero);
        var parameters = new DynamicParameters();
        if (among is not null)
        {
            parameters.Add("@among", among);
        }
        parameters.Add("@pipeline", "p1");
        parameters.Add("@after", "");
        parameters.Add("@limit", 1000);
        parameters.Add("@day", _database.Time(now.AddDays(-1)));
        parameters.Add("@today", _database.Time(now));
        parameters.Add("@never", _database.Time(DateTimeOffset.UnixEpoch));
        parameters.Add("@from", _database.Time(now.AddDays(-7)));
        for (var i = 0; i <= 24; i++)
        {
            parameters.Add($"@t{i}", _database.Time(now.AddHours(i - 24)));
        }
        return parameters;
    }

    // A week of runs of a hundred pipelines, one in ten of them failed with an error.
    private const string Fill = """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @runs)
        INSERT INTO sync_audit_logs (id, pipeline, start_time, end_time, trigger_source, status, success_count,
            failure_count, verification_result, mode, audit_level, verdict, duration, memory_usage_mb, created_at,
            updated_at)
        SELECT printf('%026d', i), 'p' || (i % 100), t, t, 'scheduled',
            CASE WHEN i % 10 = 0 THEN 'failed' ELSE 'completed' END, 1000, 1,
            json_object('gaps_total', i % 3, 'padding', hex(zeroblob(500))), 'mirror', 'changes', 'verified', 2.5, 100,
            t, t
        FROM (SELECT i, strftime('%Y-%m-%dT%H:%M:%f000Z', '2026-03-01', (i * 60) || ' seconds') AS t FROM n);
        INSERT INTO sync_error_log (audit_log_id, entity_type, error_type, error_severity, error_message, occurred_at)
        SELECT id, pipeline, 'NETWORK', 'HIGH', 'broken', start_time FROM sync_audit_logs WHERE status = 'failed';
        INSERT INTO sync_unit_results (sync_execution_id, unit, entity_type, success, records_processed,
            processing_duration, status, verdict, counts, verification_result, warnings, created_at)
        SELECT id, 'u' || (rowid % 7), pipeline, 1, 10, 1, 'completed', 'verified', '{}', '{}', '[]', start_time
        FROM sync_audit_logs;
        INSERT INTO sync_status (entity_type, last_sync, average_duration, updated_at)
        SELECT pipeline, max(end_time), 2.5, max(end_time) FROM sync_audit_logs WHERE status = 'completed'
        GROUP BY pipeline;
        """;

    private sealed record Step(long Id, long Parent, long NotUsed, string Detail);
}
