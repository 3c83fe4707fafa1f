using System.Text.Json.Nodes;
using Dapper;
using FsCheck.Fluent;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store.Database;
using TrueUp.Store.Queries;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>How runs end, what pipelines stand at afterwards, and what is counted of it.</summary>
public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public async Task A_unit_is_shown_with_its_error_type_and_its_retries()
    {
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        await run.RecoveryAsync(new AuditRecovery("t1", "retry", 2, "timeout", false), CancellationToken.None);
        await run.ErrorAsync(
            new AuditError("t1", ErrorType.Timeout, Severity.High, "Too slow.", "Wait."),
            CancellationToken.None
        );
        await run.UnitAsync(
            Sample.Unit("t1", RunStatus.Failed) with
            {
                Error = new RunError("timeout", "Too slow.", "Wait.", ErrorCause.Environment, []),
                Warnings = [new Finding("w", "m", "s") { IsError = false }],
            },
            CancellationToken.None
        );
        await run.UnitAsync(Sample.Unit("t2"), CancellationToken.None);
        await run.CompleteAsync(Sample.Outcome(run, Clock, RunStatus.Failed), CancellationToken.None);

        var details = await Home.Runs.GetAsync(run.RunId, CancellationToken.None);
        var types = await QueryAsync(
            "SELECT tournament_no, error_type, success FROM sync_tournament_results ORDER BY id",
            row => (row.Text("tournament_no"), row.TextOrNull("error_type"), row.Flag("success"))
        );

        details!
            .Units.Select(u => (u.Unit, u.Status, u.Retries))
            .ShouldBe([("t1", RunStatus.Failed, 2), ("t2", RunStatus.Completed, 0)]);
        details.Units[0].Warnings.ShouldHaveSingleItem().IsError.ShouldBeFalse();
        types.ShouldBe([("t1", "TIMEOUT", false), ("t2", null, true)]);
    }

    [Fact]
    public async Task A_run_that_never_ended_is_interrupted_and_the_next_one_says_so()
    {
        var crashed = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        var other = await Home.Audit.StartAsync(Sample.Start(Clock, "other"), CancellationToken.None);
        await ReopenAsync();
        (await Home.Runs.GetAsync(crashed.RunId, CancellationToken.None))!.Run.Status.ShouldBe(RunState.InProgress);

        await using var next = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        await next.CompleteAsync(Sample.Outcome(next, Clock), CancellationToken.None);

        var details = await Home.Runs.GetAsync(crashed.RunId, CancellationToken.None);
        details!.Run.Status.ShouldBe(RunState.Failed);
        details.Run.ErrorCode.ShouldBe("interrupted");
        details.Run.FinishedAt.ShouldBe(Clock.Now);
        (await Home.Runs.GetAsync(other.RunId, CancellationToken.None))!.Run.Status.ShouldBe(RunState.InProgress);
        var recovery = (
            await Home.Runs.GetAsync(next.RunId, CancellationToken.None)
        )!.Recoveries.ShouldHaveSingleItem();
        recovery.Action.ShouldBe("resume");
        recovery.Reason.ShouldContain(crashed.RunId);
        (
            await QueryAsync(
                "SELECT error_count, success_count FROM sync_status WHERE entity_type = 'sellers'",
                row => (row.Number("error_count"), row.Number("success_count"))
            )
        ).ShouldBe([(1, 1)]);
        recovery.Succeeded.ShouldBe(true);
    }

    [Fact]
    public async Task A_run_that_was_thought_dead_has_the_last_word_on_itself()
    {
        await using var slow = await Home.Audit.StartAsync(
            Sample.Start(Clock, verifyOnly: true),
            CancellationToken.None
        );
        await using var next = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);

        await slow.CompleteAsync(Sample.Outcome(slow, Clock) with { VerifyOnly = true }, CancellationToken.None);

        var run = (await Home.Runs.GetAsync(slow.RunId, CancellationToken.None))!.Run;
        run.Status.ShouldBe(RunState.Completed);
        run.ErrorCode.ShouldBeNull();
    }

    [Fact]
    public async Task The_status_of_a_pipeline_sums_up_its_runs_and_leaves_out_verifications_and_rehearsals()
    {
        foreach (
            var (status, dryRun, verifyOnly) in ((RunStatus, bool, bool)[])
                [
                    (RunStatus.Completed, false, false),
                    (RunStatus.Failed, false, false),
                    (RunStatus.Completed, true, false),
                    (RunStatus.Completed, false, true),
                ]
        )
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
            await run.CompleteAsync(
                Sample.Outcome(run, Clock, status) with
                {
                    DryRun = dryRun,
                    VerifyOnly = verifyOnly,
                },
                CancellationToken.None
            );
        }

        var rows = await QueryAsync(
            "SELECT * FROM sync_status",
            row =>
                (
                    row.Number("success_count"),
                    row.Number("error_count"),
                    row.Time("last_sync"),
                    row.Text("last_error"),
                    row.RealOrNull("average_duration"),
                    row.Number("records_processed_last"),
                    row.Number("records_processed_total"),
                    row.Number("alert_threshold_failures")
                )
        );

        rows.ShouldBe([(1, 1, Clock.Now.AddMinutes(-3), "failed", 3.0, 9, 19, 3)]);
    }

    [Fact]
    public async Task Metrics_hold_the_phases_the_throughput_and_the_errors_by_category()
    {
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        foreach (var type in (ErrorType[])[ErrorType.Api, ErrorType.Auth, ErrorType.Database, ErrorType.Api])
        {
            await run.ErrorAsync(new AuditError("", type, Severity.Low, "m", "s"), CancellationToken.None);
        }
        await run.CompleteAsync(
            Sample.Outcome(run, Clock) with
            {
                Phases = new PhaseTimes(default, default, TimeSpan.FromMilliseconds(1500), default, default),
            },
            CancellationToken.None
        );

        var rows = await QueryAsync(
            "SELECT execution_time, throughput, errors FROM sync_metrics",
            row => (string[])[row.Text("execution_time"), row.Text("throughput"), row.Text("errors")]
        );

        string[] expected =
        [
            """{"fetch_ms":0,"compare_ms":0,"update_ms":1500,"verify_ms":0,"total_ms":0}""",
            """{"records":10,"records_per_second":3.3333333333333335}""",
            """{"by_type":{"API":2,"AUTH":1,"DATABASE":1},"by_category":{"database":1,"network":3}}""",
        ];
        // A database may keep JSON in an order and with spaces of its own.
        rows.ShouldHaveSingleItem()
            .Zip(expected)
            .ShouldAllBe(pair => JsonNode.DeepEquals(JsonNode.Parse(pair.First), JsonNode.Parse(pair.Second)));
    }
}
