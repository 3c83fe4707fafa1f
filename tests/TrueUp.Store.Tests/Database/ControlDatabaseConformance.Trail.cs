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

/// <summary>What a run leaves behind.</summary>
public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public void P02_Every_gap_is_kept_with_its_key_and_a_time() =>
        Cases.Check(
            Sample.Differences,
            async differences =>
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
                await run.GapsAsync("u", differences, CancellationToken.None);
                await run.CompleteAsync(Sample.Outcome(run, Clock), CancellationToken.None);

                var details = await Home.Runs.GetAsync(run.RunId, CancellationToken.None);

                details!
                    .Gaps.Select(gap => (gap.Kind, gap.Key))
                    .ShouldBe([
                        .. differences.Gaps.Shown.Select(key => ("gap", key)),
                        .. differences.Drift.Shown.Select(drift => ("drift", drift.Key)),
                        .. differences.Extra.Shown.Select(key => ("extra", key)),
                    ]);
                details.Gaps.ShouldAllBe(gap => gap.FoundAt == Clock.Now && gap.Unit == "u" && gap.Others == 0);
                details
                    .Gaps.Where(gap => gap.Kind == "drift")
                    .ShouldAllBe(gap => gap.Columns.SequenceEqual(new[] { "name" }));
            }
        );

    [Fact]
    public async Task Differences_that_are_only_counted_are_counted()
    {
        var differences = new DifferenceList();
        for (var i = 0; i < KeyList<string>.ShownMax + 5; i++)
        {
            differences.Extra.Add(i.ToString());
        }
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        await run.GapsAsync("", differences, CancellationToken.None);
        await run.CompleteAsync(Sample.Outcome(run, Clock), CancellationToken.None);

        var rows = await QueryAsync(
            "SELECT record_key, others FROM gaps WHERE others > 0",
            row => (row.TextOrNull("record_key"), row.Number("others"))
        );

        rows.ShouldBe([(null, 5)]);
    }

    [Fact]
    public void P05_The_verification_result_is_in_the_audit_record() =>
        Cases.Check(
            Sample.Outcomes,
            async outcome =>
            {
                await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
                await run.CompleteAsync(outcome with { RunId = run.RunId }, CancellationToken.None);

                var details = await Home.Runs.GetAsync(run.RunId, CancellationToken.None);

                var (proven, kept) = (outcome.Verification, details.ShouldNotBeNull().Verification.ShouldNotBeNull());
                details.Run.Verdict.ShouldBe(proven.Verdict);
                kept.Verdict.ShouldBe(proven.Verdict);
                kept.Gaps.ShouldBe(proven.Differences.Gaps.Shown.Take(VerificationResult.ShownMax));
                kept.GapsTotal.ShouldBe(proven.Differences.Gaps.Total);
                kept.Drift.Select(row => row.Key)
                    .ShouldBe(proven.Differences.Drift.Shown.Take(VerificationResult.ShownMax).Select(d => d.Key));
                kept.Drift.ShouldAllBe(row => row.Columns.SequenceEqual(new[] { "name" }));
                kept.DriftTotal.ShouldBe(proven.Differences.Drift.Total);
                kept.Extra.ShouldBe(proven.Differences.Extra.Shown.Take(VerificationResult.ShownMax));
                kept.ExtraTotal.ShouldBe(proven.Differences.Extra.Total);
                kept.IntegrityIssues.ShouldBe(proven.IntegrityIssues.Shown);
                (kept.Unproven, kept.Seed, kept.Resync).ShouldBe(
                    (proven.Unproven, proven.Seed, new ResyncResult(2, 1))
                );
                (kept.SourceDigest, kept.TargetDigest).ShouldBe(
                    (proven.SourceDigest.ToString(), proven.TargetDigest.ToString())
                );
                (kept.SourcePosition, kept.TargetPosition).ShouldBe((proven.SourcePosition, proven.TargetPosition));
                StoreJson.Write(kept).ShouldNotContain("secret value");
            }
        );

    [Fact]
    public void P06_The_start_of_a_run_is_recorded_with_time_and_trigger() =>
        Cases.Check(
            from trigger in Gen.Elements(Enum.GetValues<TriggerSource>())
            from mode in Gen.Elements(Enum.GetValues<SyncMode>())
            from verifyOnly in Gen.Elements(true, false)
            from minutes in Gen.Choose(0, 10_000_000)
            from pipeline in Gen.Elements("sellers", "airports", "a.b-c_d")
            select new RunStart(
                Sample.Pipeline(pipeline) with
                {
                    Mode = mode,
                },
                trigger,
                null,
                verifyOnly,
                DateTimeOffset.UnixEpoch.AddMinutes(minutes).AddMicroseconds(minutes)
            ),
            async start =>
            {
                await using var run = await Home.Audit.StartAsync(start, CancellationToken.None);

                var details = await Home.Runs.GetAsync(run.RunId, CancellationToken.None);

                details!.Run.ShouldBe(
                    new RunSummary
                    {
                        RunId = run.RunId,
                        Pipeline = start.Pipeline.Name,
                        Status = RunState.InProgress,
                        Trigger = start.Trigger,
                        Mode = start.Pipeline.Mode,
                        VerifyOnly = start.VerifyOnly,
                        StartedAt = start.StartedAt,
                    }
                );
                details.PipelineFile.ShouldBe("sellers.yaml");
                details.PipelineHash.ShouldBe("abc123");
            }
        );

    [Fact]
    public void P07_Each_processed_record_leaves_operation_key_and_outcome() =>
        Cases.Check(
            Gen.ListOf(
                from operation in Gen.Elements(Enum.GetValues<RecordOperation>())
                from key in Gen.Elements(Sample.Keys)
                from error in Gen.Elements<string?>(null, "The name is missing.")
                select (Operation: operation, Key: key, Error: error)
            ),
            async records =>
            {
                await using var run = await Home.Audit.StartAsync(
                    Sample.Start(Clock, audit: AuditLevel.All),
                    CancellationToken.None
                );
                foreach (var (operation, key, error) in records)
                {
                    run.Record("u", operation, key, error);
                }
                await run.CompleteAsync(Sample.Outcome(run, Clock), CancellationToken.None);

                var entries = await Home
                    .Records.ReadAsync(new RecordQuery { RunId = run.RunId }, CancellationToken.None)
                    .ToListAsync();
                var rows = await QueryAsync(
                    $"SELECT * FROM sync_record_logs WHERE audit_log_id = '{run.RunId}' ORDER BY id",
                    row =>
                        (
                            row.Name<RecordOperation>("operation"),
                            row.Text("record_key"),
                            row.TextOrNull("error_message"),
                            row.Text("result")
                        )
                );

                entries.Select(e => (e.Operation, e.Key, e.Error)).ShouldBe(records);
                entries.ShouldAllBe(e => e.Timestamp == Clock.Now && e.Unit == "u" && e.Succeeded == (e.Error == null));
                rows.ShouldBe(
                    records.Select(r => (r.Operation, r.Key, (string?)r.Error, r.Error is null ? "success" : "failure"))
                );
            }
        );

    [Fact]
    public void P08_Each_error_leaves_message_stack_trace_and_key() =>
        Cases.Check(
            from type in Gen.Elements(Enum.GetValues<ErrorType>())
            from severity in Gen.Elements(Enum.GetValues<Severity>())
            from key in Cases.MaybeText(Sample.Keys)
            from trace in Cases.MaybeText(
                "   at TrueUp.Runs.Engine.RunAsync()",
                "   at Npgsql.Connector.Open()\n   at TrueUp.Run()"
            )
            from message in Gen.Elements("The server closed the connection.", "Zeile 7 ist leer – übersprungen", "")
            select new AuditError("unit", type, severity, message, "Try again.") { Key = key, StackTrace = trace },
            async error =>
            {
                await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
                await run.ErrorAsync(error, CancellationToken.None);
                await run.CompleteAsync(Sample.Outcome(run, Clock), CancellationToken.None);

                var page = await Home.Errors.ListAsync(new ErrorQuery { RunId = run.RunId }, CancellationToken.None);

                var entry = page.Items.ShouldHaveSingleItem();
                entry.ShouldBe(
                    new ErrorEntry
                    {
                        Id = entry.Id,
                        RunId = run.RunId,
                        Pipeline = "sellers",
                        Unit = "unit",
                        Type = error.Type,
                        Severity = error.Severity,
                        Message = error.Message,
                        Suggestion = error.Suggestion,
                        Key = error.Key,
                        StackTrace = error.StackTrace,
                        OccurredAt = Clock.Now,
                    }
                );
            }
        );

    [Fact]
    public void P09_Completion_leaves_end_time_counts_and_verification() =>
        Cases.Check(
            Sample.Outcomes,
            async outcome =>
            {
                await using (var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None))
                {
                    outcome = outcome with { RunId = run.RunId };
                    await run.CompleteAsync(outcome, CancellationToken.None);
                }

                var details = await Home.Runs.GetAsync(outcome.RunId, CancellationToken.None);

                details!.Run.Status.ToString().ShouldBe(outcome.Status.ToString());
                details.Run.FinishedAt.ShouldBe(outcome.FinishedAt);
                details.Run.Counts.ShouldBe(outcome.Counts);
                details.Run.FailureCount.ShouldBe(outcome.Counts.Skipped + outcome.Counts.Failed);
                details.Run.SuccessCount.ShouldBe(
                    outcome.Status == RunStatus.Completed
                        ? outcome.Counts.Source - details.Run.FailureCount + outcome.Counts.Deleted
                        : outcome.Counts.Created + outcome.Counts.Updated + outcome.Counts.Deleted + outcome.Counts.Kept
                );
                details.Run.Phases.ShouldBe(PhaseDurations.Of(outcome.Phases));
                details.Run.ErrorCode.ShouldBe(outcome.Error?.Code);
                details.Findings.ShouldBe(outcome.Error?.Findings ?? []);
                details.Verification.ShouldNotBeNull();
            }
        );

    [Fact]
    public void P31_A_recovery_is_shown_in_the_audit_record() =>
        Cases.Check(
            Gen.ListOf(
                from action in Gen.Elements("retry", "reconnect", "resync", "bisect")
                from attempt in Gen.Choose(1, 5)
                from succeeded in Cases.Maybe(true, false)
                select new AuditRecovery("u", action, attempt, "The connection was lost.", succeeded)
            ),
            async recoveries =>
            {
                await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
                foreach (var recovery in recoveries)
                {
                    await run.RecoveryAsync(recovery, CancellationToken.None);
                }
                await run.CompleteAsync(Sample.Outcome(run, Clock), CancellationToken.None);

                var details = await Home.Runs.GetAsync(run.RunId, CancellationToken.None);

                // One that was still open helped if the run went through.
                details!.Recoveries.ShouldBe(
                    recoveries.Select(r => new RecoveryEntry(
                        r.Unit,
                        r.Action,
                        r.Attempt,
                        r.Reason,
                        r.Succeeded ?? true,
                        Clock.Now
                    ))
                );
            }
        );

    [Fact]
    public async Task Secrets_and_personal_data_do_not_reach_the_database()
    {
        const string Secret = "hunter2";
        const string Text = "Cannot connect with Host=db;Password=hunter2 as ada.hunter2@example.org";
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        await run.ErrorAsync(
            new AuditError("", ErrorType.Auth, Severity.High, Text, Text) { StackTrace = Text },
            CancellationToken.None
        );
        await run.RecoveryAsync(new AuditRecovery("", "retry", 1, Text, false), CancellationToken.None);
        await run.DeadLetterAsync(new DeadLetter("", "AA1", "invalid_format", Text), CancellationToken.None);
        run.Record("", RecordOperation.Skip, "AA1", Text);
        var error = new RunError("wrong_password", Text, Text, ErrorCause.Environment, [new Finding("c", Text, Text)]);
        await run.UnitAsync(
            Sample.Unit(status: RunStatus.Failed) with
            {
                Error = error,
                Warnings = error.Findings,
            },
            CancellationToken.None
        );
        await run.CompleteAsync(
            Sample.Outcome(run, Clock, RunStatus.Failed) with
            {
                Error = error,
            },
            CancellationToken.None
        );

        foreach (
            var table in (string[])
                [
                    "sync_audit_logs",
                    "sync_unit_results",
                    "sync_error_log",
                    "sync_record_logs",
                    "recoveries",
                    "dead_letters",
                    "sync_status",
                ]
        )
        {
            var rows = await DumpAsync(table);
            rows.ShouldNotBeEmpty(table);
            rows.ShouldAllBe(row => !row.Contains(Secret), table);
        }
        (await Home.Records.ReadAsync(new RecordQuery(), CancellationToken.None).ToListAsync()).ShouldAllBe(e =>
            !e.Error!.Contains(Secret)
        );
    }

    [Fact]
    public async Task Deleting_an_audit_record_deletes_what_hangs_on_it_but_no_dead_letter()
    {
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        await run.ErrorAsync(new AuditError("", ErrorType.Api, Severity.Low, "m", "s"), CancellationToken.None);
        await run.DeadLetterAsync(new DeadLetter("", "AA1", "invalid_format", "r"), CancellationToken.None);
        run.Record("", RecordOperation.Skip, "AA1", "why");
        await run.UnitAsync(Sample.Unit(), CancellationToken.None);
        await run.CompleteAsync(Sample.Outcome(run, Clock), CancellationToken.None);

        await DeleteAsync("DELETE FROM sync_audit_logs");

        foreach (var table in (string[])["sync_unit_results", "sync_error_log", "sync_record_logs", "sync_metrics"])
        {
            (await QueryAsync($"SELECT count(*) AS n FROM {table}", row => row.Number("n"))).ShouldBe([0], table);
        }
        (await QueryAsync("SELECT count(*) AS n FROM dead_letters", row => row.Number("n"))).ShouldBe([1]);
    }

    private async Task<List<string>> DumpAsync(string table)
    {
        using var database = CreateDatabase(HomeFolder);
        await using var connection = database.Connect();
        var rows = await connection.QueryAsync($"SELECT * FROM {table}");
        return [.. rows.Cast<IDictionary<string, object?>>().Select(row => string.Join('|', row.Values))];
    }

    private async Task DeleteAsync(string sql)
    {
        using var database = CreateDatabase(HomeFolder);
        await using var connection = database.Connect();
        await connection.ExecuteAsync(sql);
    }
}
