using FsCheck;
using FsCheck.Fluent;
using TrueUp.Runs;

namespace TrueUp.Tests.Runs;

public sealed class ProgressProperties
{
    private static readonly string[] Phases = ["detecting", "syncing", "verifying"];

    [Fact]
    public void P15_a_run_in_progress_tells_its_phase_and_the_records_and_errors_so_far() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            var told = new Told();
            var outcome = await world.RunAsync(new RunOptions { Progress = told });
            told.Reports.ShouldAllBe(r => Phases.Contains(r.Phase) && r.TotalUnits == 1);
            // A phase may come again after a repair, but none is left out.
            told.Reports.Select(r => r.Phase).Distinct().ShouldContain("detecting");
            if (scenario.Gaps.Count + scenario.Drift.Count + scenario.Extra.Count > 0)
            {
                told.Reports.Select(r => r.Phase).Distinct().ShouldBe(Phases);
            }
            told.ShouldNeverGoBack();
            told.Reports[^1].UnitsProcessed.ShouldBe(1);
            told.Reports[^1].RecordsProcessed.ShouldBeGreaterThanOrEqualTo(outcome.Counts.Source);
        });

    [Fact]
    public void P15_with_several_units_the_totals_are_over_all_of_them() =>
        Prop.ForAll(
                Arb.From(
                    from count in Gen.Choose(2, 9)
                    from parallel in Gen.Choose(1, 5)
                    from rows in Gen.Choose(0, 20)
                    select (count, parallel, rows)
                ),
                c =>
                {
                    var (count, parallel, rows) = c;
                    var units = new ManyUnits(count, rows);
                    units.World.Pipeline = units.World.Pipeline with { Parallel = parallel };
                    units.World.Store.TargetFaults.Refuses = (_, row) => row[^1] == (byte)'1' && rows > 3;
                    units.Break("t2");
                    var told = new Told();
                    var outcome = units.World.RunAsync(new RunOptions { Progress = told }).GetAwaiter().GetResult();
                    told.ShouldNeverGoBack();
                    told.Reports.ShouldAllBe(r => r.TotalUnits == count && r.UnitsProcessed <= count);
                    var last = told.Reports[^1];
                    last.UnitsProcessed.ShouldBe(count);
                    last.RecordsProcessed.ShouldBe(outcome.Units.Count(u => u.Error is null) * rows);
                    last.ErrorsTotal.ShouldBe(outcome.Counts.Skipped + outcome.Counts.Failed);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact(Timeout = 60_000)]
    public async Task The_phase_is_that_of_the_unit_that_is_furthest_behind()
    {
        var units = new ManyUnits(2);
        var told = new Told();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holds = true;
        // One unit is held before it reads; the other one goes on to its end.
        units.World.Store.SourceFaults.Step = async (step, token) =>
        {
            if (step == "open" && Interlocked.Exchange(ref holds, value: false))
            {
                await release.Task.WaitAsync(token);
            }
        };
        units.World.Audit.UnitRecorded = _ => release.TrySetResult();
        var outcome = await units.World.RunAsync(
            new RunOptions { Progress = told },
            TestContext.Current.CancellationToken
        );
        outcome.IsProven.ShouldBeTrue();
        var first = outcome.Units.Single(u => u.Unit == units.World.Audit.Units[0].Unit).Unit;
        told.Reports.TakeWhile(r => r.UnitsProcessed == 0).ShouldAllBe(r => r.Phase == "detecting");
        told.Reports.SkipWhile(r => r.UnitsProcessed == 0).Select(r => r.Phase).Distinct().ShouldBe(Phases);
        told.Reports[^1].Unit.ShouldNotBe(first);
    }

    private sealed class Told : IProgress<RunProgress>
    {
        public List<RunProgress> Reports { get; } = [];

        // Without a lock: reports come from one thread at a time.
        public void Report(RunProgress value) => Reports.Add(value);

        public void ShouldNeverGoBack()
        {
            foreach (var (before, after) in Reports.Zip(Reports.Skip(1)))
            {
                after.UnitsProcessed.ShouldBeGreaterThanOrEqualTo(before.UnitsProcessed);
                after.RecordsProcessed.ShouldBeGreaterThanOrEqualTo(before.RecordsProcessed);
                after.ErrorsTotal.ShouldBeGreaterThanOrEqualTo(before.ErrorsTotal);
            }
        }
    }
}
