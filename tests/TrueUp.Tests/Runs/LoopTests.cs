using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Runs;

public sealed class LoopTests
{
    [Fact]
    public async Task A_first_run_creates_the_table_and_proves_it()
    {
        var world = World(100);
        var outcome = await world.RunAsync();
        outcome.Verification.Verdict.ShouldBe(Verdict.Verified);
        outcome.Counts.ShouldBe(
            new RunCounts
            {
                Source = 100,
                Target = 100,
                Created = 100,
            }
        );
        world.Target.Lines().ShouldBe(world.Expected());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_run_changes_nothing(bool canSeek)
    {
        var world = World(50);
        world.Store.SourceCanSeek = canSeek;
        await world.RunAsync();
        var applied = world.Store.Applied;
        var outcome = await world.RunAsync();
        outcome.Verification.Verdict.ShouldBe(Verdict.Verified);
        world.Store.Applied.ShouldBe(applied);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_altered_behind_the_target_is_named_by_verify_and_repaired_by_run(bool canSeek)
    {
        var world = World(60);
        world.Store.SourceCanSeek = canSeek;
        await world.RunAsync();
        world.Target.Rows.RemoveAt(10);
        world.Target.Rows[19] = Texts.Tuple(world.Target.Schema, ["21", "altered"]);
        world.Target.Add("1000", "not ours");
        var verified = await world.VerifyAsync();
        verified.Error.ShouldBeNull();
        verified.Verification.Verdict.ShouldBe(Verdict.Failed);
        verified.Verification.Differences.Gaps.Shown.ShouldBe(["11"]);
        verified.Verification.Differences.Extra.Shown.ShouldBe(["1000"]);
        var drift = verified.Verification.Differences.Drift.Shown.ShouldHaveSingleItem();
        drift.Key.ShouldBe("21");
        drift.Columns.ShouldBe([new ColumnDifference("name", "n21", "altered")]);
        world.Target.Rows.Count.ShouldBe(60);

        var repaired = await world.RunAsync();
        repaired.Verification.Verdict.ShouldBe(Verdict.Repaired);
        repaired.Verification.Repaired.Total.ShouldBe(3);
        repaired.Counts.ShouldBe(
            new RunCounts
            {
                Source = 60,
                Target = 60,
                Created = 1,
                Updated = 1,
                Deleted = 1,
            }
        );
        world.Target.Lines().ShouldBe(world.Expected());
    }

    [Fact]
    public async Task A_source_that_moved_on_is_verified_not_repaired()
    {
        var world = World(20);
        await world.RunAsync();
        world.Source.Rows[3] = Texts.Tuple(world.Source.Schema, ["4", "newer"]);
        world.Source.Add("21", "n21");
        var outcome = await world.RunAsync();
        outcome.Verification.Verdict.ShouldBe(Verdict.Verified);
        outcome.Counts.Updated.ShouldBe(1);
        outcome.Counts.Created.ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_source_does_not_empty_a_mirror()
    {
        var world = World(5);
        await world.RunAsync();
        world.Source.Rows.Clear();
        var outcome = await world.RunAsync();
        outcome.Error!.Code.ShouldBe("source_shrank");
        outcome.Status.ShouldBe(RunStatus.Failed);
        world.Target.Rows.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_source_that_lost_most_of_its_rows_is_refused_before_anything_is_written()
    {
        var world = World(100);
        await world.RunAsync();
        world.Source.Rows.RemoveRange(0, 60);
        world.Source.Add("500", "new");
        var before = world.Target.Lines();
        var outcome = await world.RunAsync();
        outcome.Error!.Code.ShouldBe("source_shrank");
        world.Target.Lines().ShouldBe(before);
    }

    [Fact]
    public async Task Max_deletes_of_all_lets_a_mirror_be_emptied()
    {
        var world = World(20);
        world.Pipeline = world.Pipeline with { MaxDeletes = Allowance.OfPercent(100) };
        await world.RunAsync();
        world.Source.Rows.Clear();
        (await world.RunAsync()).Verification.Verdict.ShouldBe(Verdict.Verified);
        world.Target.Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upsert_leaves_extra_rows_alone()
    {
        var world = World(10);
        world.Pipeline = world.Pipeline with { Mode = SyncMode.Upsert };
        await world.RunAsync();
        world.Target.Add("999", "ours");
        world.Source.Rows.RemoveAt(0);
        var outcome = await world.RunAsync();
        outcome.Verification.Verdict.ShouldBe(Verdict.Verified);
        outcome.Counts.Deleted.ShouldBe(0);
        world.Target.Rows.Count.ShouldBe(11);
    }

    [Fact]
    public async Task Append_adds_and_says_when_a_row_it_wrote_has_changed()
    {
        var world = World(10);
        world.Pipeline = world.Pipeline with { Mode = SyncMode.Append };
        (await world.RunAsync()).Verification.Verdict.ShouldBe(Verdict.Verified);
        world.Source.Add("11", "n11");
        (await world.RunAsync()).Counts.Created.ShouldBe(1);
        world.Target.Rows[0] = Texts.Tuple(world.Target.Schema, ["1", "changed"]);
        var outcome = await world.RunAsync();
        outcome.Verification.Verdict.ShouldBe(Verdict.Failed);
        outcome.Verification.Differences.Drift.Shown.ShouldHaveSingleItem().Key.ShouldBe("1");
        outcome.Counts.Updated.ShouldBe(0);
    }

    [Fact]
    public async Task A_dry_run_counts_and_writes_nothing()
    {
        var world = World(10);
        var outcome = await world.RunAsync(new RunOptions { DryRun = true });
        outcome.Counts.Created.ShouldBe(10);
        outcome.Error.ShouldBeNull();
        world.Store.Tables.ContainsKey("target").ShouldBeFalse();
        world.Store.States.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dry_run_over_a_new_column_says_that_it_was_left_out()
    {
        var world = World(3);
        await world.RunAsync();
        var wider = new MemoryWorld("id int32", "name", "city") { Pipeline = world.Pipeline };
        wider.Store.Tables["target"] = world.Target;
        wider.Source.Add("1", "n1", "Ulm").Add("2", "n2", null);
        var outcome = await wider.RunAsync(new RunOptions { DryRun = true });
        outcome.Error.ShouldBeNull();
        outcome.Counts.Deleted.ShouldBe(1);
        outcome.Units[0].Warnings.ShouldHaveSingleItem().Code.ShouldBe("column_ignored");
    }

    [Fact]
    public async Task Verify_takes_no_epoch()
    {
        var world = World(10);
        await world.RunAsync();
        await world.VerifyAsync();
        world.Store.States["test"].Epoch.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_whose_successor_began_cannot_write()
    {
        var world = World(10);
        await world.RunAsync();
        world.Source.Add("11", "n11");
        world.Store.TargetFaults.Applying = _ =>
            world.Store.States["test"] = world.Store.States["test"] with { Epoch = 99, RunId = "successor" };
        var outcome = await world.RunAsync();
        outcome.Error!.Code.ShouldBe("fenced");
        world.Target.Rows.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_run_that_lost_its_connection_does_not_come_back_after_its_successor_began()
    {
        var world = World(10);
        world.Store.TargetFaults.Applying = _ =>
        {
            world.Store.States["test"] = world.Store.States["test"] with { Epoch = 99, RunId = "successor" };
            throw new TrueUp.Sides.SideException(TrueUp.Sides.ErrorType.Network, "the connection broke", "none")
            {
                IsTransient = true,
            };
        };
        var outcome = await world.RunAsync();
        outcome.Error!.Code.ShouldBe("fenced");
        world.Store.States["test"].Epoch.ShouldBe(99);
        world.Target.Rows.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("open")]
    [InlineData("begin")]
    public async Task A_run_that_opened_its_source_before_another_took_over_cannot_write_and_leaves_the_other_its_epoch(
        string operation
    )
    {
        var world = World(10);
        await world.RunAsync();
        world.Source.Add("11", "n11");
        world.Store.SourceFaults.Step = world.Store.TargetFaults.Step = (step, _) =>
        {
            if (step == operation && world.Store.States["test"].Epoch == 1)
            {
                world.Store.States["test"] = world.Store.States["test"] with { Epoch = 2, RunId = "successor" };
            }
            return ValueTask.CompletedTask;
        };
        var outcome = await world.RunAsync();
        outcome.Error!.Code.ShouldBe("fenced");
        world.Target.Rows.Count.ShouldBe(10);
        world.Store.States["test"].Epoch.ShouldBe(2);
        world.Store.States["test"].RunId.ShouldBe("successor");
    }

    [Fact]
    public async Task A_run_whose_epoch_was_taken_but_not_acknowledged_tries_again()
    {
        var world = World(10);
        var lost = false;
        world.Store.TargetFaults.Step = (step, _) =>
        {
            if (step == "begun" && !lost)
            {
                lost = true;
                throw new TrueUp.Sides.SideException(TrueUp.Sides.ErrorType.Network, "the connection broke", "none")
                {
                    IsTransient = true,
                };
            }
            return ValueTask.CompletedTask;
        };
        var outcome = await world.RunAsync();
        outcome.Error.ShouldBeNull();
        outcome.Verification.Verdict.ShouldBe(Verdict.Verified);
        world.Store.States["test"].Epoch.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_column_is_added_to_the_target()
    {
        var world = World(3);
        await world.RunAsync();
        var wider = new MemoryWorld("id int32", "name", "city") { Pipeline = world.Pipeline };
        wider.Store.Tables["target"] = world.Target;
        wider.Source.Add("1", "n1", "Ulm").Add("2", "n2", null).Add("3", "n3", "Bonn");
        var outcome = await wider.RunAsync();
        outcome.Error.ShouldBeNull();
        outcome.Verification.Verdict.ShouldBe(Verdict.Verified);
        wider.Target.Lines().ShouldBe(wider.Expected());
    }

    [Fact]
    public async Task A_new_column_is_refused_when_the_pipeline_says_so()
    {
        var world = World(3);
        await world.RunAsync();
        world.Source.Columns.Add(new TrueUp.Rows.Column("city", TrueUp.Rows.LogicalType.Text));
        world.Pipeline = world.Pipeline with { NewColumns = NewColumnPolicy.Refuse };
        (await world.RunAsync()).Error!.Code.ShouldBe("column_new");
    }

    [Fact]
    public async Task One_table_that_fails_does_not_stop_the_others()
    {
        var world = World(3);
        world.Store.Tables["keyless"] = new MemoryTable(world.Source.Columns, "id") { KeyIsKept = false };
        world.Pipeline = world.Pipeline with
        {
            Key = [],
            Source = new SideDefinition("memory").With("tables", "keyless", "source"),
            Target = new SideDefinition("memory"),
        };
        var outcome = await world.RunAsync();
        outcome.Status.ShouldBe(RunStatus.Failed);
        outcome.Units.Select(u => u.Error?.Code).ShouldBe(["no_key", null]);
        world.Store.Tables["source_copy"].Rows.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_table_without_a_key_is_refused_with_what_to_do()
    {
        var world = World(3);
        world.Pipeline = world.Pipeline with { Key = [] };
        world.Source.KeyIsKept = false;
        var error = (await world.RunAsync()).Error!;
        error.Code.ShouldBe("no_key");
        error.Suggestion.ShouldContain("key:");
        error.Cause.ShouldBe(ErrorCause.Configuration);
    }

    [Fact]
    public async Task A_target_with_one_key_twice_is_refused_and_the_key_is_in_the_audit_alone()
    {
        var world = World(3);
        await world.RunAsync();
        world.Target.Add("2", "somebody else's");
        var error = (await world.RunAsync()).Error!;
        error.Code.ShouldBe("target_key_not_unique");
        (error.Message + error.Suggestion).ShouldNotContain("2");
        var audited = world.Audit.Errors.ShouldHaveSingleItem();
        (audited.Key, audited.Message).ShouldBe(("2", error.Message));
    }

    [Fact]
    public async Task A_cancelled_run_is_cancelled_and_the_next_one_goes_on()
    {
        var world = World(30);
        await world.RunAsync();
        using var cancel = new CancellationTokenSource();
        for (var i = 100; i < 130; i++)
        {
            world.Source.Add($"{i}", "x");
        }
        world.Store.TargetFaults.Applied = _ => cancel.Cancel();
        var outcome = await world.RunAsync(cancellationToken: cancel.Token);
        outcome.Status.ShouldBe(RunStatus.Cancelled);
        world.Store.TargetFaults.Applied = null;
        (await world.RunAsync()).Verification.Verdict.ShouldBe(Verdict.Verified);
        world.Target.Lines().ShouldBe(world.Expected());
    }

    internal static MemoryWorld World(int rows)
    {
        var world = new MemoryWorld("id int32", "name");
        for (var i = 1; i <= rows; i++)
        {
            world.Source.Add($"{i}", $"n{i}");
        }
        return world;
    }
}
