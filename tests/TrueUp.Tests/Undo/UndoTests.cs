using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Undo;

public sealed class UndoTests
{
    [Fact]
    public async Task A_first_load_keeps_no_images()
    {
        var world = World(10);
        await world.RunAsync();

        world.Images.Frames.ShouldBeEmpty();
        world.Images.Flushes.ShouldBe(0);
        (await world.UndoAsync()).ShouldBeNull();
        world.Target.Rows.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_run_that_only_creates_keeps_no_images()
    {
        var world = World(10);
        await world.RunAsync();
        world.Source.Add("11", "n11");
        await world.RunAsync();

        world.Images.Frames.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dry_run_and_a_verification_keep_no_images()
    {
        var world = World(10);
        await world.RunAsync();
        Change(world);

        await world.RunAsync(new RunOptions { DryRun = true });
        await world.VerifyAsync();

        world.Images.Frames.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pipeline_that_wants_no_undo_keeps_no_images()
    {
        var world = World(10);
        await world.RunAsync();
        Change(world);
        world.Pipeline = world.Pipeline with { Undo = false };
        await world.RunAsync();

        world.Images.Frames.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_is_refused_keeps_no_images()
    {
        var world = World(100);
        await world.RunAsync();
        world.Source.Rows.RemoveRange(0, 90);
        (await world.RunAsync()).Error!.Code.ShouldBe("source_shrank");

        world.Images.Frames.ShouldBeEmpty();
    }

    [Fact]
    public async Task Images_are_safe_before_the_first_row_is_changed()
    {
        var world = World(10);
        await world.RunAsync();
        Change(world);
        world.Store.TargetFaults.Applying = _ => world.Images.Flushes.ShouldBe(1);

        (await world.RunAsync()).IsProven.ShouldBeTrue();
    }

    [Fact]
    public async Task An_undo_leaves_its_own_trail_and_takes_the_next_epoch()
    {
        var world = World(10);
        await world.RunAsync();
        Change(world);
        await world.RunAsync();
        var epoch = world.Store.States["test"].Epoch;
        var undone = world.Audit.RunId;
        world.Audit.RecordEntries.Clear();

        var undo = (await world.UndoAsync())!;

        world.Store.States["test"].Epoch.ShouldBe(epoch + 1);
        world.Store.States["test"].RunId.ShouldBe(undo.Run.RunId);
        world.Audit.Starts[^1].UndoneRun.ShouldBe(undone);
        world.Audit.Completed[^1].UndoneRun.ShouldBe(undone);
        world
            .Audit.RecordEntries.Select(e => (e.Operation, e.Key))
            .ShouldBe([(RecordOperation.Update, "2"), (RecordOperation.Create, "11")]);
    }

    [Fact]
    public async Task The_run_after_an_undo_is_verified_not_repaired()
    {
        var world = World(10);
        await world.RunAsync();
        Change(world);
        await world.RunAsync();
        await world.UndoAsync();

        var next = await world.RunAsync();

        next.Verification.Verdict.ShouldBe(Verdict.Verified);
        next.Counts.Updated.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_target_refuses_to_take_back_is_a_conflict_and_no_dead_letter()
    {
        var world = World(10);
        await world.RunAsync();
        Change(world);
        await world.RunAsync();
        world.Store.TargetFaults.Refuses = (schema, row) => RowText.Of(schema, row).Contains("old");

        var undo = (await world.UndoAsync())!;

        undo.Conflicts.Shown.ShouldHaveSingleItem().Reason.ShouldContain("a constraint refuses a row");
        undo.Conflicts.Shown[0].Key.ShouldBe("11");
        undo.Run.Verification.Verdict.ShouldBe(Verdict.Incomplete);
        undo.Counts.RestoredUpdates.ShouldBe(1);
        world.Audit.DeadLetters.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_changes_while_it_is_undone_is_a_conflict()
    {
        var world = World(10);
        await world.RunAsync();
        Change(world);
        await world.RunAsync();
        world.Store.TargetFaults.Applying = _ =>
            world.Target.Rows[1] = Texts.Tuple(world.Target.Schema, ["2", "meanwhile"]);

        var undo = (await world.UndoAsync())!;

        undo.Conflicts.Shown.ShouldHaveSingleItem().Key.ShouldBe("2");
        world.Target.Lines().ShouldContain("{\"id\":\"2\",\"name\":\"meanwhile\"}");
    }

    [Fact]
    public async Task A_write_that_does_not_arrive_fails_the_proof()
    {
        var world = World(10);
        await world.RunAsync();
        Change(world);
        await world.RunAsync();
        world.Store.TargetFaults.Corrupt = row => Texts.Pick(world.Target.Schema, row, [0, -1]);

        var undo = (await world.UndoAsync())!;

        undo.Run.Status.ShouldBe(RunStatus.Failed);
        undo.Run.Verification.Verdict.ShouldBe(Verdict.Failed);
        undo.Run.Verification.Differences.Drift.Total.ShouldBe(2);
        world.Audit.Gaps.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Rows_beyond_the_limit_have_no_image_and_undo_says_how_many()
    {
        var world = World(400);
        await world.RunAsync();
        for (var i = 0; i < 400; i++)
        {
            world.Source.Rows[i] = Texts.Tuple(world.Source.Schema, [$"{i + 1}", "newer"]);
        }
        world.Images.BytesMax = 5_000;
        await world.RunAsync();

        var undo = (await world.UndoAsync())!;

        undo.Counts.NotKept.ShouldBeInRange(1, 399);
        (undo.Counts.RestoredUpdates + undo.Counts.NotKept).ShouldBe(400);
        undo.Run.Verification.Verdict.ShouldBe(Verdict.Incomplete);
        undo.Run.Verification.Unproven.ShouldBe(undo.Counts.NotKept);
    }

    [Fact]
    public async Task Each_unit_is_undone_on_its_own_table()
    {
        var world = World(5);
        world.Store.Tables["other"] = new MemoryTable(world.Source.Columns, "id").Add("1", "a");
        world.Pipeline = world.Pipeline with
        {
            Source = new SideDefinition("memory").With("tables", "source", "other"),
            Target = new SideDefinition("memory"),
        };
        (await world.RunAsync()).Error.ShouldBeNull();
        world.Source.Rows[0] = Texts.Tuple(world.Source.Schema, ["1", "newer"]);
        world.Store.Tables["other"].Rows[0] = Texts.Tuple(world.Source.Schema, ["1", "b"]);
        await world.RunAsync();

        var undo = (await world.UndoAsync())!;

        undo.Run.IsProven.ShouldBeTrue();
        undo.Counts.RestoredUpdates.ShouldBe(2);
        undo.Run.Units.Select(u => u.Unit).ShouldBe(["other", "source"]);
        world.Store.Tables["other_copy"].Lines().ShouldBe(["{\"id\":\"1\",\"name\":\"a\"}"]);
    }

    [Fact]
    public async Task A_target_whose_columns_changed_is_refused()
    {
        var world = World(5);
        await world.RunAsync();
        Change(world);
        await world.RunAsync();
        world.Target.Columns[1] = world.Target.Columns[1] with { Name = "renamed" };

        var undo = (await world.UndoAsync())!;

        undo.Run.Error!.Code.ShouldBe("columns_changed");
        undo.Run.Status.ShouldBe(RunStatus.Failed);
    }

    [Fact]
    public async Task Columns_the_pipeline_does_not_carry_are_named_when_deleted_rows_are_back()
    {
        var world = World(10);
        await world.RunAsync();
        world.Target.Columns.Add(new Column("note", LogicalType.Text));
        for (var i = 0; i < world.Target.Rows.Count; i++)
        {
            world.Target.Rows[i] = Texts.Pick(world.Target.Schema, world.Target.Rows[i], [0, 1, -1]);
        }
        world.Target.Add("11", "old", "by hand");
        await world.RunAsync();

        var undo = (await world.UndoAsync())!;

        undo.Run.IsProven.ShouldBeTrue();
        undo.Run.Units[0].Warnings.ShouldHaveSingleItem().Message.ShouldContain("note");
    }

    private static MemoryWorld World(int rows)
    {
        var world = new MemoryWorld("id int32", "name");
        for (var i = 1; i <= rows; i++)
        {
            world.Source.Add($"{i}", $"n{i}");
        }
        return world;
    }

    // Row 2 is to be updated, row 11 to be deleted.
    private static void Change(MemoryWorld world)
    {
        world.Source.Rows[1] = Texts.Tuple(world.Source.Schema, ["2", "newer"]);
        world.Target.Add("11", "old");
    }
}
