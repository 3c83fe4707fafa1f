using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Tests.Runs;

public sealed class ParallelUnitsTests
{
    private const int GiveUpMs = 60_000;

    [Fact(Timeout = GiveUpMs)]
    public async Task Five_units_run_at_the_same_time_by_default()
    {
        var units = new ManyUnits(5);
        units.Meet(together: 5);
        var outcome = await units.World.RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        outcome.Verification.Verdict.ShouldBe(Verdict.Verified);
        units.AtOnceMost.ShouldBe(5);
    }

    [Theory(Timeout = GiveUpMs)]
    [InlineData(1, 100)]
    [InlineData(3, 100)]
    [InlineData(64, 2)]
    public async Task No_more_units_run_at_once_than_the_pipeline_and_the_target_bear(int parallel, int target)
    {
        var units = new ManyUnits(12);
        units.World.Pipeline = units.World.Pipeline with { Parallel = parallel };
        units.World.Store.UnitsAtOnce = target;
        units.Meet(together: Math.Min(parallel, target));
        var outcome = await units.World.RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        outcome.Error.ShouldBeNull();
        units.AtOnceMost.ShouldBe(Math.Min(parallel, target));
    }

    [Fact(Timeout = GiveUpMs)]
    public async Task One_unit_that_fails_leaves_the_other_four_proven()
    {
        var units = new ManyUnits(5);
        units.Break("t3");
        units.Meet(together: 4);
        var outcome = await units.World.RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        outcome.Status.ShouldBe(RunStatus.Failed);
        outcome.Units.Select(u => u.Unit).ShouldBe(units.Names);
        outcome.Units.Select(u => u.Error?.Code).ShouldBe([null, null, "no_key", null, null]);
        foreach (var unit in outcome.Units.Where(u => u.Error is null))
        {
            unit.Verification.Verdict.ShouldBe(Verdict.Verified);
            units.Target(unit.Unit).Lines().ShouldBe(units.World.Store.Tables[unit.Unit].Lines());
        }
        units.World.Audit.Units.Count.ShouldBe(5);
    }

    [Fact(Timeout = GiveUpMs)]
    public async Task Outcomes_stand_in_the_order_of_the_source_however_units_end()
    {
        var units = new ManyUnits(5);
        var others = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waits = true;
        // Whoever wants to prove first waits until the others have.
        units.World.Store.TargetFaults.Step = async (step, token) =>
        {
            if (step == "prove" && Interlocked.Exchange(ref waits, value: false))
            {
                await others.Task.WaitAsync(token);
            }
        };
        units.World.Audit.UnitRecorded = _ =>
        {
            if (units.World.Audit.Units.Count >= 4)
            {
                others.TrySetResult();
            }
        };
        var outcome = await units.World.RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        outcome.Error.ShouldBeNull();
        outcome.Units.Select(u => u.Unit).ShouldBe(units.Names);
    }

    [Fact(Timeout = GiveUpMs)]
    public async Task Cancelling_stops_all_units_and_says_so_of_those_that_had_not_begun()
    {
        var units = new ManyUnits(8);
        using var cancel = new CancellationTokenSource();
        units.Meet(together: 5, met: cancel.Cancel);
        var outcome = await units.World.RunAsync(cancellationToken: cancel.Token);
        outcome.Status.ShouldBe(RunStatus.Cancelled);
        outcome.Units.Select(u => u.Unit).ShouldBe(units.Names);
        outcome.Units.ShouldAllBe(u => u.Status == RunStatus.Cancelled);
        units.World.Audit.Units.Count.ShouldBe(5);
        units.Names.Take(5).ShouldAllBe(n => units.Target(n).Rows.Count == 0);

        units.World.Store.TargetFaults.Step = null;
        (await units.World.RunAsync()).Verification.Verdict.ShouldBe(Verdict.Verified);
    }

    [Fact]
    public async Task A_run_that_was_cancelled_between_two_units_does_not_look_complete()
    {
        var units = new ManyUnits(3);
        units.World.Pipeline = units.World.Pipeline with { Parallel = 1 };
        using var cancel = new CancellationTokenSource();
        units.World.Store.TargetFaults.Step = (step, _) =>
        {
            if (step == "proved")
            {
                cancel.Cancel();
            }
            return ValueTask.CompletedTask;
        };
        var outcome = await units.World.RunAsync(cancellationToken: cancel.Token);
        outcome.Status.ShouldBe(RunStatus.Cancelled);
        outcome.IsProven.ShouldBeFalse();
        outcome.Units.Count.ShouldBe(3);
    }

    [Fact(Timeout = GiveUpMs)]
    public async Task What_ends_the_run_ends_every_unit_and_what_was_done_is_still_told()
    {
        var units = new ManyUnits(6);
        var told = 0;
        // The store of the trail goes away after the first unit was recorded.
        units.World.Audit.UnitRecorded = _ =>
        {
            if (Interlocked.Increment(ref told) == 2)
            {
                throw new SideException(ErrorType.Database, "the trail cannot be written", "none")
                {
                    Code = "audit_unavailable",
                };
            }
        };
        var outcome = await units.World.RunAsync();
        outcome.Status.ShouldBe(RunStatus.Failed);
        outcome.Error!.Code.ShouldBe("audit_unavailable");
        outcome.Units.ShouldContain(u => u.Status == RunStatus.Completed);
        outcome.Verification.Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task The_total_time_is_that_of_the_run_and_not_the_sum_of_its_units()
    {
        var units = new ManyUnits(5);
        var outcome = await units.World.RunAsync();
        outcome.Phases.Total.ShouldBeLessThanOrEqualTo(
            outcome.FinishedAt - outcome.StartedAt + TimeSpan.FromSeconds(1)
        );
        outcome.Phases.Fetch.ShouldBe(TimeSpan.FromTicks(outcome.Units.Sum(u => u.Phases.Fetch.Ticks)));
    }
}
