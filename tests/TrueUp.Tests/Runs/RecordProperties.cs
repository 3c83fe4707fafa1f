using FsCheck;
using FsCheck.Fluent;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Runs;

public sealed class RecordProperties
{
    [Fact]
    public void P06_a_start_is_recorded_with_its_trigger_before_anything_is_read() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            var startsWhenOpened = -1;
            world.Store.SourceFaults.Opening = () => startsWhenOpened = world.Audit.Starts.Count;
            await world.RunAsync(new RunOptions { Trigger = TriggerSource.Scheduled });
            startsWhenOpened.ShouldBe(1);
            world.Audit.Starts[0].Trigger.ShouldBe(TriggerSource.Scheduled);
            world.Audit.Starts[0].StartedAt.Offset.ShouldBe(TimeSpan.Zero);
        });

    [Fact]
    public void P07_each_changed_record_leaves_its_operation_and_key() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            await world.RunAsync();
            Keys(world, RecordOperation.Create).ShouldBe(Texts(scenario.Gaps));
            Keys(world, RecordOperation.Update).ShouldBe(Texts(scenario.Drift));
            Keys(world, RecordOperation.Delete).ShouldBe(Texts(scenario.Extra));
        });

    [Fact]
    public void P07_with_audit_all_every_record_of_the_source_leaves_one_entry() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            world.Pipeline = world.Pipeline with { Audit = AuditLevel.All };
            await world.RunAsync();
            world
                .Audit.RecordEntries.Where(r => r.Operation != RecordOperation.Delete)
                .Select(r => r.Key)
                .Order()
                .ShouldBe(scenario.Source.Keys.Select(k => $"{k}").Order());
        });

    [Fact]
    public void P09_completion_leaves_end_time_counts_and_verdict() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            await world.RunAsync();
            var completed = world.Audit.Completed.ShouldHaveSingleItem();
            completed.FinishedAt.ShouldBeGreaterThanOrEqualTo(completed.StartedAt);
            completed.Counts.Created.ShouldBe(scenario.Gaps.Count);
            completed.Counts.Updated.ShouldBe(scenario.Drift.Count);
            completed.Counts.Deleted.ShouldBe(scenario.Extra.Count);
            completed.Verification.Verdict.ShouldBeOneOf(Verdict.Verified, Verdict.Repaired);
        });

    [Fact]
    public void P23_and_P24_phases_are_measured_and_do_not_exceed_the_total() =>
        Scenario.ForAll(async scenario =>
        {
            var outcome = await scenario.World().RunAsync();
            var phases = outcome.Phases;
            phases.Total.ShouldBeGreaterThan(TimeSpan.Zero);
            (phases.Fetch + phases.Compare + phases.Update + phases.Verify).ShouldBeLessThanOrEqualTo(phases.Total);
            outcome.RecordsPerSecond.ShouldBe(outcome.Counts.Source / phases.Total.TotalSeconds, 1e-6);
        });

    [Fact]
    public void P30_a_record_that_fails_validation_is_skipped_logged_and_kept_and_the_rest_goes_on() =>
        Sellers(
            async (world, bad) =>
            {
                var outcome = await world.RunAsync();
                outcome.Counts.Skipped.ShouldBe(bad.Count);
                world.Audit.DeadLetters.Select(d => d.Key).Order().ShouldBe(bad.Order());
                world.Target.Rows.Count.ShouldBe(world.Source.Rows.Count - bad.Count);
                outcome.Verification.Verdict.ShouldBe(bad.Count == 0 ? Verdict.Verified : Verdict.Incomplete);
                outcome.IsProven.ShouldBe(bad.Count == 0);
            }
        );

    [Fact]
    public void P32_P33_and_P35_required_fields_and_patterns_are_kept_and_each_issue_is_logged() =>
        Sellers(
            async (world, bad) =>
            {
                var outcome = await world.RunAsync();
                outcome.Verification.IntegrityIssues.Shown.Select(i => i.Key).Distinct().Order().ShouldBe(bad.Order());
                outcome.Verification.IntegrityIssues.Shown.ShouldAllBe(i =>
                    i.Field != null
                    && i.Reason.Length > 0
                    && (i.Type == "missing_required_field" || i.Type == "invalid_format")
                );
            }
        );

    [Fact]
    public void P34_a_record_that_must_have_a_related_row_is_reported_when_it_has_none() =>
        Sellers(
            async (world, bad) =>
            {
                var properties = new MemoryTable([new Column("seller_number", LogicalType.Text)], "seller_number");
                world.Store.Tables["properties"] = properties;
                foreach (var row in world.Source.Rows.Where((_, i) => i % 2 == 0))
                {
                    properties.Rows.Add(TrueUp.Testing.Memory.Texts.Pick(properties.Schema, row, [0]));
                }
                world.Pipeline = world.Pipeline with
                {
                    Rules =
                    [
                        .. world.Pipeline.Rules,
                        new RuleDefinition("property exists")
                        {
                            Exists = new("properties", "seller_number"),
                            OnFail = RuleFailure.Report,
                            When = "has_property",
                        },
                    ],
                };
                var outcome = await world.RunAsync();
                var there = properties.Lines().ToHashSet();
                var expected = world
                    .Target.Rows.Where(r => FieldReader.At(r, 3, out var has) && has[0] == 1)
                    .Select(r => KeyText.Of(world.Target.Schema, r))
                    .Where(k => !there.Contains($"{{\"seller_number\":\"{k}\"}}"));
                outcome
                    .Verification.IntegrityIssues.Shown.Where(i => i.Type == "missing_property")
                    .Select(i => i.Key)
                    .Order()
                    .ShouldBe(expected.Order());
            }
        );

    [Fact]
    public void P40_an_update_whose_row_changed_meanwhile_is_not_applied_over_it() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            var overwritten = false;
            world.Store.TargetFaults.Applying = batch =>
            {
                if (batch.Kind == TrueUp.Sides.ChangeKind.Update && !overwritten)
                {
                    overwritten = true;
                    var index = world.Target.IndexOf(
                        TrueUp.Testing.Memory.Texts.KeyOf(batch.Rows.Schema, batch.Rows.Row(0))
                    );
                    world.Target.Rows[index] = TrueUp.Testing.Memory.Texts.Tuple(
                        world.Target.Schema,
                        [KeyText.Of(batch.Rows.Schema, batch.Rows.Row(0)), "meanwhile"]
                    );
                }
            };
            await world.RunAsync();
            world.Target.Lines().ShouldBe(world.Expected());
            world
                .Audit.RecordEntries.Exists(r => r.Error != null && r.Error.StartsWith("conflict"))
                .ShouldBe(overwritten);
        });

    [Fact]
    public void P41_the_newer_record_wins_and_the_conflict_is_logged() =>
        Prop.ForAll(
                Arb.From(Gen.NonEmptyListOf(Gen.Zip(Gen.Choose(0, 9), Gen.Choose(0, 9)))),
                stamps =>
                {
                    var world = new MemoryWorld("id int32", "name", "changed int64");
                    world.Pipeline = world.Pipeline with { Mode = SyncMode.Upsert, UpdatedAt = "changed" };
                    world.Store.Tables["target"] = new MemoryTable(world.Source.Columns, "id");
                    for (var i = 0; i < stamps.Count; i++)
                    {
                        world.Source.Add($"{i}", "source", $"{stamps[i].Item1}");
                        world.Target.Add($"{i}", "target", $"{stamps[i].Item2}");
                    }
                    var outcome = world.RunAsync().GetAwaiter().GetResult();
                    var newer = stamps.Count(s => s.Item2 > s.Item1);
                    outcome.Verification.Verdict.ShouldBe(Verdict.Verified);
                    outcome.Counts.Kept.ShouldBe(newer);
                    world.Target.Lines().Count(l => l.Contains("\"target\"")).ShouldBe(newer);
                    world.Audit.RecordEntries.Count(r => r.Error != null && r.Error.StartsWith("kept")).ShouldBe(newer);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static IEnumerable<string> Keys(MemoryWorld world, RecordOperation operation) =>
        world.Audit.RecordEntries.Where(r => r.Operation == operation).Select(r => r.Key).Order();

    private static IEnumerable<string> Texts(IEnumerable<int> keys) => keys.Select(k => $"{k}").Order();

    private static void Sellers(Func<MemoryWorld, IReadOnlyList<string>, Task> property)
    {
        var seller =
            from prefix in Gen.Elements("AA", "AA", "AA", "A", "aa", "AA-")
            from name in Gen.Elements<string?>("Ann", "Bo", "Cy", "", null, "  ")
            from date in Gen.Elements<string?>("2026-01-01", "2026-01-02", null)
            from has in Gen.Elements<string?>("true", "false", null)
            select (prefix, name, date, has);
        Prop.ForAll(
                Arb.From(Gen.ListOf(seller)),
                sellers =>
                {
                    var world = new MemoryWorld("seller_number", "name", "inquiry_date date", "has_property bool");
                    world.Pipeline = world.Pipeline with
                    {
                        Rules =
                        [
                            new RuleDefinition("number format") { Column = "seller_number", Matches = @"^AA\d+$" },
                            new RuleDefinition("has a name") { Column = "name", Required = true },
                            new RuleDefinition("has a date") { Column = "inquiry_date", Required = true },
                        ],
                    };
                    var bad = new List<string>();
                    for (var i = 0; i < sellers.Count; i++)
                    {
                        var (prefix, name, date, has) = sellers[i];
                        world.Source.Add($"{prefix}{i}", name, date, has);
                        if (prefix != "AA" || string.IsNullOrWhiteSpace(name) || date is null)
                        {
                            bad.Add($"{prefix}{i}");
                        }
                    }
                    property(world, bad).GetAwaiter().GetResult();
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }
}
