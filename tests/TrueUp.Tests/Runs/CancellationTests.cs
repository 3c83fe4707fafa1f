using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Testing.Memory;
using TrueUp.Testing.Simulation;

namespace TrueUp.Tests.Runs;

public sealed class CancellationTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_run_that_waits_before_a_retry_ends_when_it_is_cancelled()
    {
        var world = LoopTests.World(5);
        // Its time never comes.
        world.Clock = new SimulatedClock();
        world.Pipeline = world.Pipeline with
        {
            Retry = new RetryDefinition { Initial = TimeSpan.FromHours(1), Max = TimeSpan.FromHours(1) },
        };
        using var cancel = new CancellationTokenSource();
        world.Store.TargetFaults.Step = (_, _) => throw Broken();
        world.Audit.RecoveryRecorded = _ => cancel.Cancel();
        var outcome = await world.RunAsync(cancellationToken: cancel.Token);
        outcome.Status.ShouldBe(RunStatus.Cancelled);
        outcome.Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_connection_that_breaks_because_the_run_is_cancelled_is_no_failure()
    {
        var world = LoopTests.World(5);
        using var cancel = new CancellationTokenSource();
        world.Store.TargetFaults.Step = (_, _) =>
        {
            cancel.Cancel();
            throw Broken();
        };
        var outcome = await world.RunAsync(cancellationToken: cancel.Token);
        outcome.Status.ShouldBe(RunStatus.Cancelled);
        world.Audit.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("detecting")]
    [InlineData("syncing")]
    [InlineData("verifying")]
    public async Task A_run_can_be_cancelled_in_each_phase_and_the_next_one_completes(string phase)
    {
        var world = LoopTests.World(50);
        world.Store.Tables["target"] = new MemoryTable(world.Source.Columns, "id").Add("7", "old").Add("99", "extra");
        world.Pipeline = world.Pipeline with { MaxDeletes = Allowance.OfPercent(100) };
        using var cancel = new CancellationTokenSource();
        var options = new RunOptions { Progress = new CancelIn(phase, cancel) };
        var outcome = await world.RunAsync(options, cancel.Token);
        outcome.Status.ShouldBe(RunStatus.Cancelled);
        (await world.RunAsync()).IsProven.ShouldBeTrue();
        world.Target.Lines().ShouldBe(world.Expected());
    }

    private static SideException Broken() =>
        new(ErrorType.Network, "the connection broke", "none") { Code = "connection_lost", IsTransient = true };

    private sealed class CancelIn(string phase, CancellationTokenSource cancel) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Phase == phase)
            {
                cancel.Cancel();
            }
        }
    }
}
