using Dapper;
using FsCheck;
using FsCheck.Fluent;
using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store.Retention;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>What becomes of what is old.</summary>
public abstract partial class ControlDatabaseConformance
{
    private static readonly (string Table, string Run)[] RunTables =
    [
        ("sync_audit_logs", "id"),
        ("sync_unit_results", "sync_execution_id"),
        ("sync_error_log", "audit_log_id"),
        ("recoveries", "audit_log_id"),
        ("gaps", "audit_log_id"),
        ("sync_record_logs", "audit_log_id"),
    ];

    private static Gen<OldRun> OldRuns { get; } =
        from pipeline in Gen.Elements(Pipelines)
        from hours in Gen.Choose(0, 40 * 24)
        from ends in Gen.Elements(true, true, true, false)
        from status in Gen.Elements(Enum.GetValues<RunStatus>())
        from verdict in Gen.Elements(Verdict.Verified, Verdict.Repaired, Verdict.Failed)
        from dryRun in Gen.Elements(true, false, false, false)
        select new OldRun(pipeline, TimeSpan.FromHours(hours), ends, status, verdict, dryRun);

    [Fact]
    public void What_is_old_goes_into_the_archive_whole_and_nothing_younger_is_touched()
    {
        var ended = 0;
        var read = new HashSet<string>();
        Cases.Check(
            Gen.ListOf(OldRuns).Resize(5),
            async runs =>
            {
                foreach (var run in runs)
                {
                    ended += await LeaveAsync(run);
                }
                var before = await RunsAsync();
                var rows = await RowsAsync();
                var expected = OldOnes(before, Clock.Now.AddDays(-90));

                var result = await Home.Maintenance.RunAsync(new RetentionSettings(), CancellationToken.None);

                result.RunsArchived.ShouldBe(expected.Count);
                (await RunsAsync()).ShouldBe(before.Where(run => !expected.Contains(run.Id)), ignoreOrder: true);
                (await RowsAsync()).ShouldBe(rows.Where(row => !expected.Contains(row.Run)), ignoreOrder: true);
                NewInArchive(read).ShouldBe(rows.Where(row => expected.Contains(row.Run)), ignoreOrder: true);
                foreach (var run in before)
                {
                    var gone = expected.Contains(run.Id);
                    Directory.Exists(Path.Combine(HomeFolder, "records", run.Id)).ShouldBe(!gone);
                    Directory.Exists(Path.Combine(HomeFolder, "archive", "records", run.Id)).ShouldBe(gone);
                }
                // Each run's metrics are counted once, in full or in a day's summary.
                var counted = await QueryAsync(
                    """
                    SELECT (SELECT count(*) FROM sync_metrics) AS single,
                        (SELECT coalesce(sum(runs), 0) FROM sync_metrics_daily) AS summed
                    """,
                    row => row.Number("single") + row.Number("summed")
                );
                counted.ShouldBe([ended]);
            }
        );
    }

    [Fact]
    public async Task A_run_can_be_read_in_the_archive_as_it_was()
    {
        var run = await LeaveAsync(new OldRun("sellers", default, true, RunStatus.Failed, Verdict.Failed, false));
        var id = (await RunsAsync()).ShouldHaveSingleItem().Id;
        Clock.Advance(TimeSpan.FromDays(91));

        var result = await Home.Maintenance.RunAsync(new RetentionSettings(), CancellationToken.None);

        run.ShouldBe(1);
        (result.RunsArchived, result.SegmentFoldersMoved, result.MetricsAggregated, result.IsBusy).ShouldBe(
            (1, 1, 1, false)
        );
        (await Home.Runs.GetAsync(id, CancellationToken.None)).ShouldBeNull();
        var file = Directory.GetFiles(Path.Combine(HomeFolder, "archive"), "*.jsonl.gz").ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe($"{id}-{id}.jsonl.gz");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        var rows = ArchiveFile.Read(file).ToLookup(row => row.Table, row => row.Row);
        var log = rows["sync_audit_logs"].ShouldHaveSingleItem();
        log.GetProperty("pipeline").GetString().ShouldBe("sellers");
        log.GetProperty("status").GetString().ShouldBe("failed");
        log.GetProperty("start_time").GetString().ShouldBe("2026-03-01T12:00:00.000000Z");
        log.GetProperty("undone_run").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        rows["sync_error_log"]
            .ShouldHaveSingleItem()
            .GetProperty("error_message")
            .GetString()
            .ShouldBe("Zeile 7 „leer“");
        rows["sync_record_logs"].ShouldHaveSingleItem().GetProperty("record_key").GetString().ShouldBe("AA1");
        var context = rows["sync_error_log"].Single().GetProperty("error_context").GetString()!;
        System.Text.Json.Nodes.JsonNode.Parse(context)!["trigger_source"]!.GetValue<string>().ShouldBe("manual");
    }

    [Fact]
    public async Task Maintenance_is_done_by_one_process_at_a_time()
    {
        await LeaveAsync(new OldRun("sellers", default, true, RunStatus.Failed, Verdict.Failed, false));
        Clock.Advance(TimeSpan.FromDays(91));
        Directory.CreateDirectory(Path.Combine(HomeFolder, "archive"));
        using (
            var other = new FileStream(
                Path.Combine(HomeFolder, "archive", ".lock"),
                FileMode.Create,
                FileAccess.ReadWrite,
                FileShare.None
            )
        )
        {
            (await Home.Maintenance.RunAsync(new RetentionSettings(), CancellationToken.None)).IsBusy.ShouldBeTrue();
        }

        (await Home.Maintenance.RunAsync(new RetentionSettings(), CancellationToken.None)).RunsArchived.ShouldBe(1);
    }

    [Fact]
    public async Task What_does_not_fit_into_one_go_is_done_by_the_next()
    {
        for (var i = 0; i < 7; i++)
        {
            await LeaveAsync(new OldRun("sellers", default, true, RunStatus.Failed, Verdict.Failed, false));
        }
        Clock.Advance(TimeSpan.FromDays(91));
        var few = new RetentionSettings { RunsMax = 3 };

        foreach (var archived in (int[])[3, 3, 1, 0])
        {
            (await Home.Maintenance.RunAsync(few, CancellationToken.None)).RunsArchived.ShouldBe(archived);
        }
    }

    [Fact]
    public async Task Nothing_is_deleted_when_the_archive_cannot_be_written()
    {
        await LeaveAsync(new OldRun("sellers", default, true, RunStatus.Failed, Verdict.Failed, false));
        var id = (await RunsAsync()).Single().Id;
        Clock.Advance(TimeSpan.FromDays(91));
        Directory.CreateDirectory(Path.Combine(HomeFolder, "archive", $"{id}-{id}.jsonl.gz.tmp"));

        var error = await Should.ThrowAsync<SideException>(async () =>
            await Home.Maintenance.RunAsync(new RetentionSettings(), CancellationToken.None)
        );

        error.Code.ShouldBe("audit_unavailable");
        (await RunsAsync()).Count.ShouldBe(1);
        Directory.Exists(Path.Combine(HomeFolder, "records", id)).ShouldBeTrue();
    }

    [Fact]
    public async Task Old_metrics_become_a_summary_of_their_day()
    {
        foreach (var (ms, seconds, errors) in ((int, int, int)[])[(100, 2, 1), (500, 4, 0), (300, 10, 2)])
        {
            await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
            for (var i = 0; i < errors; i++)
            {
                var error = new AuditError("", ErrorType.Api, Severity.Low, "m", "s");
                await run.ErrorAsync(error, CancellationToken.None);
            }
            var outcome = Sample.Outcome(run, Clock) with
            {
                StartedAt = Clock.Now.AddSeconds(-seconds),
                Phases = new PhaseTimes(default, default, default, default, TimeSpan.FromMilliseconds(ms)),
            };
            await run.CompleteAsync(outcome, CancellationToken.None);
        }
        Clock.Advance(TimeSpan.FromDays(91));

        await Home.Maintenance.RunAsync(new RetentionSettings(), CancellationToken.None);
        var result = await Home.Maintenance.RunAsync(new RetentionSettings(), CancellationToken.None);

        result.MetricsAggregated.ShouldBe(0);
        var day = (
            await QueryAsync(
                "SELECT * FROM sync_metrics_daily",
                row => (Day: row.Time("day"), Sum: DailyMetrics.Read(row))
            )
        ).ShouldHaveSingleItem();
        day.Day.ShouldBe(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        (day.Sum.Runs, day.Sum.Records).ShouldBe((3, 30));
        day.Sum.TotalMsMean.ShouldBe(300, 1e-9);
        day.Sum.TotalMsMax.ShouldBe(500);
        day.Sum.RecordsPerSecondMean.ShouldBe((5 + 2.5 + 1) / 3, 1e-9);
        day.Sum.RecordsPerSecondMax.ShouldBe(5);
        day.Sum.Errors.ShouldBe([new KeyValuePair<string, long>("API", 3)]);
    }

    [Fact]
    public async Task Old_alerts_count_as_seen_and_others_stay_as_they_are()
    {
        using var database = CreateDatabase(HomeFolder);
        await using (var connection = database.Connect())
        {
            foreach (var (days, seen) in ((int, bool)[])[(31, false), (29, false), (40, true)])
            {
                await connection.ExecuteAsync(
                    """
                    INSERT INTO sync_alerts (severity, type, message, acknowledged, acknowledged_by, created_at)
                    VALUES ('HIGH', 'no_sync', @message, @seen, @who, @at)
                    """,
                    new
                    {
                        message = $"{days} days",
                        seen,
                        who = seen ? "ada" : null,
                        at = database.Time(Clock.Now.AddDays(-days)),
                    }
                );
            }
        }

        var result = await Home.Maintenance.RunAsync(new RetentionSettings(), CancellationToken.None);

        result.AlertsAcknowledged.ShouldBe(1);
        var alerts = await QueryAsync(
            "SELECT * FROM sync_alerts ORDER BY id",
            row => (row.Text("message"), row.Flag("acknowledged"), row.TextOrNull("acknowledged_by"))
        );
        alerts.ShouldBe([("31 days", true, "retention"), ("29 days", false, null), ("40 days", true, "ada")]);
    }

    [Fact]
    public async Task The_health_summary_is_of_the_last_day_and_forgets_what_is_older()
    {
        await LeaveAsync(new OldRun("airports", default, true, RunStatus.Completed, Verdict.Verified, false));
        Clock.Advance(TimeSpan.FromHours(23));
        await LeaveAsync(new OldRun("sellers", default, true, RunStatus.Failed, Verdict.Failed, false));
        await LeaveAsync(new OldRun("sellers", default, true, RunStatus.Completed, Verdict.Verified, false));

        (await HealthAsync()).ShouldBe([("airports", 1, 1), ("sellers", 2, 1)]);
        Clock.Advance(TimeSpan.FromHours(2));
        (await HealthAsync()).ShouldBe([("sellers", 2, 1)]);
    }

    private async Task<List<(string, long, long)>> HealthAsync()
    {
        await Home.Maintenance.RefreshHealthAsync(CancellationToken.None);
        return await QueryAsync(
            "SELECT * FROM sync_health_summary ORDER BY entity_type",
            row => (row.Text("entity_type"), row.Number("total_executions"), row.Number("successful_executions"))
        );
    }

    /// <summary>Leaves a run that ends at the clock's new time, or never.</summary>
    /// <returns>How many ended: 1 or 0.</returns>
    private async Task<int> LeaveAsync(OldRun old)
    {
        Clock.Advance(old.After);
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock, old.Pipeline), CancellationToken.None);
        run.Record("", RecordOperation.Create, "AA1", error: null);
        await run.ErrorAsync(
            new AuditError("", ErrorType.Api, Severity.Low, "Zeile 7 „leer“", "s"),
            CancellationToken.None
        );
        await run.RecoveryAsync(new AuditRecovery("", "retry", 1, "timeout", true), CancellationToken.None);
        var gaps = new DifferenceList();
        gaps.Gaps.Add("AA1");
        await run.GapsAsync("", gaps, CancellationToken.None);
        if (!old.Ends)
        {
            // What was said of the run so far is written before this is.
            await Home.Maintenance.RefreshHealthAsync(CancellationToken.None);
            return 0;
        }
        await run.UnitAsync(Sample.Unit(), CancellationToken.None);
        var outcome = Sample.Outcome(run, Clock, old.Status, old.Pipeline);
        await run.CompleteAsync(
            outcome with
            {
                DryRun = old.DryRun,
                Verification = new Verification { Verdict = old.Verdict },
            },
            CancellationToken.None
        );
        return 1;
    }

    /// <summary>What the rules say: ended before, but not the newest proof of a pipeline.</summary>
    private static HashSet<string> OldOnes(List<KeptRun> runs, DateTimeOffset before)
    {
        var proofs = runs.Where(run => run.IsProof)
            .GroupBy(run => run.Pipeline)
            .Select(g => g.MaxBy(run => run.Id)!.Id);
        return
        [
            .. runs.Where(run => run.Status != "in_progress" && run.End < before).Select(run => run.Id).Except(proofs),
        ];
    }

    private Task<List<KeptRun>> RunsAsync() =>
        QueryAsync(
            "SELECT * FROM sync_audit_logs",
            row => new KeptRun(
                row.Text("id"),
                row.Text("pipeline"),
                row.Text("status"),
                row.TimeOrNull("end_time"),
                row.Text("status") == "completed"
                    && row.TextOrNull("verdict") is "verified" or "repaired"
                    && !row.Flag("dry_run")
            )
        );

    private Task<List<(string Table, string Run, string Id)>> RowsAsync() =>
        QueryAsync(
            string.Join(
                " UNION ALL ",
                RunTables.Select(t =>
                    $"SELECT '{t.Table}' AS from_table, {t.Run} AS run, CAST(id AS TEXT) AS row_id FROM {t.Table}"
                )
            ),
            row => (row.Text("from_table"), row.Text("run"), row.Text("row_id"))
        );

    private List<(string Table, string Run, string Id)> NewInArchive(HashSet<string> read)
    {
        var columns = RunTables.ToDictionary(t => t.Table, t => t.Run);
        return
        [
            .. Directory
                .GetFiles(Path.Combine(HomeFolder, "archive"), "*.jsonl.gz")
                .Where(read.Add)
                .SelectMany(ArchiveFile.Read)
                .Select(row =>
                    (
                        row.Table,
                        row.Row.GetProperty(columns[row.Table]).GetString()!,
                        row.Row.GetProperty("id").ToString()
                    )
                ),
        ];
    }

    private sealed record OldRun(
        string Pipeline,
        TimeSpan After,
        bool Ends,
        RunStatus Status,
        Verdict Verdict,
        bool DryRun
    );

    private sealed record KeptRun(string Id, string Pipeline, string Status, DateTimeOffset? End, bool IsProof);
}
