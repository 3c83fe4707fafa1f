using FsCheck;
using FsCheck.Fluent;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Testing.Memory;
using TrueUp.Tests.Runs;

namespace TrueUp.Tests.Undo;

public sealed class UndoProperties
{
    [Fact]
    public void Undoing_a_run_gives_back_the_old_target_except_for_rows_the_run_created() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            var before = world.Target.Lines();
            var run = await world.RunAsync();

            var undo = await world.UndoAsync();

            if (run.Counts.Updated + run.Counts.Deleted == 0)
            {
                undo.ShouldBeNull();
                return;
            }
            WithoutCreated(world, scenario).ShouldBe(before);
            undo!.Counts.RestoredUpdates.ShouldBe(run.Counts.Updated);
            undo.Counts.RestoredDeletes.ShouldBe(run.Counts.Deleted);
            undo.Counts.Conflicts.ShouldBe(0);
            undo.Counts.CreatedLeft.ShouldBe(run.Counts.Created);
            undo.Run.IsProven.ShouldBeTrue();
            undo.Run.UndoneRun.ShouldBe(run.RunId);
            undo.Run.Verification.SourceDigest.ShouldBe(undo.Run.Verification.TargetDigest);
            undo.Run.Verification.SourceDigest.Count.ShouldBe(run.Counts.Updated + run.Counts.Deleted);
        });

    [Fact]
    public void Undoing_a_run_twice_changes_nothing_the_second_time() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            var run = await world.RunAsync();
            if (await world.UndoAsync() is null)
            {
                return;
            }
            var (lines, applied) = (world.Target.Lines(), world.Store.Applied);

            var again = await world.UndoAsync(run.RunId);

            world.Target.Lines().ShouldBe(lines);
            world.Store.Applied.ShouldBe(applied);
            again!.Run.IsProven.ShouldBeTrue();
            again.Counts.AlreadyBack.ShouldBe(run.Counts.Updated + run.Counts.Deleted);
            (again.Counts.RestoredUpdates + again.Counts.RestoredDeletes + again.Counts.Conflicts).ShouldBe(0);
        });

    [Fact]
    public void Rows_that_changed_since_are_conflicts_and_stay_and_all_others_are_put_back() =>
        Prop.ForAll(
                Scenario.Arbitrary,
                Arb.From(Gen.ListOf(Gen.Choose(-50, 50))),
                (scenario, touched) =>
                {
                    var world = scenario.World();
                    var before = Rows(world);
                    var run = world.RunAsync().GetAwaiter().GetResult();
                    foreach (var id in touched.Distinct())
                    {
                        Touch(world, id);
                    }
                    var changed = Rows(world);

                    var undo = world.UndoAsync().GetAwaiter().GetResult();

                    var written = scenario.Drift.Concat(scenario.Extra).ToHashSet();
                    var conflicts = written.Intersect(touched).Where(id => before[id] != changed.GetValueOrDefault(id));
                    undo?.Conflicts.Shown.Select(c => int.Parse(c.Key)).Order().ShouldBe(conflicts.Order());
                    undo?.Run.IsProven.ShouldBe(!conflicts.Any());
                    var after = Rows(world);
                    foreach (var id in after.Keys.Concat(before.Keys).Concat(changed.Keys).Distinct())
                    {
                        var expected = written.Contains(id) && !touched.Contains(id) ? before : changed;
                        after.GetValueOrDefault(id).ShouldBe(expected.GetValueOrDefault(id), $"row {id}");
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Whatever_breaks_on_the_way_undo_gives_back_the_old_rows() =>
        Prop.ForAll(
                Scenario.Arbitrary,
                Arb.From(Gen.Choose(0, int.MaxValue - 1)),
                (scenario, seed) =>
                {
                    var world = scenario.World();
                    var before = Rows(world);
                    Break(world, new Random(seed));
                    world.RunAsync().GetAwaiter().GetResult();
                    Mend(world);

                    var undo = world.UndoAsync().GetAwaiter().GetResult();

                    // A lost connection and a wrong value together can hide which row was replaced; that is said.
                    var unknown = undo?.Conflicts.Shown ?? [];
                    unknown.ShouldAllBe(c => c.Reason.EndsWith("is not known"));
                    undo?.Run.IsProven.ShouldBe(unknown.Count == 0);
                    var after = Rows(world);
                    foreach (var id in before.Keys.Except(unknown.Select(c => int.Parse(c.Key))))
                    {
                        after.GetValueOrDefault(id, "gone").ShouldBe(before[id], $"row {id}");
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_run_that_dies_anywhere_can_be_undone() =>
        Prop.ForAll(
                Scenario.Arbitrary,
                Arb.From(Gen.Zip(Gen.Choose(0, 3), Gen.Elements(true, false))),
                (scenario, death) =>
                {
                    var world = scenario.World();
                    var before = Rows(world);
                    var batches = death.Item1;
                    Action<ChangeBatch> die = _ =>
                    {
                        if (batches-- == 0)
                        {
                            throw new InvalidOperationException("killed");
                        }
                    };
                    // Between the images and the change, or between the change and the news of it.
                    world.Store.TargetFaults.Applying = death.Item2 ? die : null;
                    world.Store.TargetFaults.Applied = death.Item2 ? null : die;
                    Quietly(world.RunAsync()).GetAwaiter().GetResult();
                    Mend(world);

                    var undo = world.UndoAsync().GetAwaiter().GetResult();

                    undo?.Run.IsProven.ShouldBeTrue();
                    undo?.Counts.Conflicts.ShouldBe(0);
                    var after = Rows(world);
                    foreach (var id in before.Keys)
                    {
                        after.GetValueOrDefault(id, "gone").ShouldBe(before[id], $"row {id}");
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void An_undo_can_be_undone_where_it_overwrote_rows() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            await world.RunAsync();
            var synced = Rows(world);
            if (await world.UndoAsync() is not { } undo)
            {
                return;
            }

            var redo = await world.UndoAsync(undo.Run.RunId);

            if (undo.Counts.RestoredUpdates == 0)
            {
                redo.ShouldBeNull();
                return;
            }
            redo!.Run.IsProven.ShouldBeTrue();
            redo.Counts.RestoredUpdates.ShouldBe(undo.Counts.RestoredUpdates);
            redo.Counts.CreatedLeft.ShouldBe(undo.Counts.RestoredDeletes);
            var after = Rows(world);
            foreach (var id in synced.Keys)
            {
                after[id].ShouldBe(synced[id]);
            }
        });

    private static IReadOnlyList<string> WithoutCreated(MemoryWorld world, Scenario scenario)
    {
        foreach (var id in scenario.Gaps)
        {
            world.Target.Rows.RemoveAt(IndexOf(world, id));
        }
        return world.Target.Lines();
    }

    private static Dictionary<int, string> Rows(MemoryWorld world) =>
        world.Target.Rows.ToDictionary(
            row => int.Parse(KeyText.Of(world.Target.Schema, row)),
            row => RowText.Of(world.Target.Schema, row)
        );

    private static int IndexOf(MemoryWorld world, int id) =>
        world.Target.IndexOf(Texts.Tuple(world.Target.Schema.KeySchema, [$"{id}"]));

    // Somebody deletes, inserts or changes the row.
    private static void Touch(MemoryWorld world, int id)
    {
        var index = IndexOf(world, id);
        if (index < 0)
        {
            world.Target.Add($"{id}", "somebody's");
        }
        else if (id % 2 == 0)
        {
            world.Target.Rows.RemoveAt(index);
        }
        else
        {
            world.Target.Rows[index] = Texts.Tuple(world.Target.Schema, [$"{id}", "changed"]);
        }
    }

    // Connections that break before or after a batch is in, and values that change on their way, for some time.
    private static void Break(MemoryWorld world, Random random)
    {
        var (breaks, corruptions) = (random.Next(3), random.Next(3));
        void MayBreak(ChangeBatch batch)
        {
            if (breaks > 0 && random.Next(2) == 0)
            {
                breaks--;
                throw new SideException(ErrorType.Network, "the connection broke", "none") { IsTransient = true };
            }
        }
        world.Store.TargetFaults.Applying = MayBreak;
        world.Store.TargetFaults.Applied = MayBreak;
        world.Store.TargetFaults.Corrupt = row =>
        {
            if (corruptions == 0 || random.Next(2) == 0)
            {
                return row;
            }
            corruptions--;
            return Texts.Pick(world.Target.Schema, row, [0, -1]);
        };
    }

    private static void Mend(MemoryWorld world)
    {
        world.Store.TargetFaults.Applying = null;
        world.Store.TargetFaults.Applied = null;
        world.Store.TargetFaults.Corrupt = null;
    }

    private static async Task Quietly(Task run)
    {
        try
        {
            await run;
        }
        catch (InvalidOperationException killed) when (killed.Message == "killed")
        {
            // As a kill leaves nothing but what is on the disk.
            return;
        }
    }
}
