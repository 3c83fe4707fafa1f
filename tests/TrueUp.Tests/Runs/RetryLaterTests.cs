using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Runs;

public sealed class RetryLaterTests
{
    [Fact]
    public async Task A_run_that_was_proven_needs_no_retry() =>
        (await LoopTests.World(5).RunAsync()).RetryLater.Reason.ShouldBe(RetryReason.None);

    [Fact]
    public async Task A_unit_that_failed_for_a_reason_that_may_pass_is_worth_one()
    {
        var units = new ManyUnits(3);
        units.World.Pipeline = units.World.Pipeline with
        {
            Parallel = 1,
            Retry = new RetryDefinition { Attempts = 0 },
        };
        var begun = 0;
        units.World.Store.TargetFaults.Step = (step, _) =>
            step == "begin" && ++begun == 2 ? throw Failure(isTransient: true) : ValueTask.CompletedTask;
        var retry = (await units.World.RunAsync()).RetryLater;
        retry.Reason.ShouldBe(RetryReason.Units);
        retry.Units.ShouldBe(["t2"]);

        // And that is what a retry takes.
        var again = await units.World.RunAsync(new RunOptions { Units = retry.Units });
        again.IsProven.ShouldBeTrue();
        again.OnlyUnits.ShouldBe(["t2"]);
        again.RetryLater.Reason.ShouldBe(RetryReason.None);
    }

    [Theory]
    [InlineData(true, RetryReason.Units)]
    [InlineData(false, RetryReason.None)]
    public async Task A_pipeline_of_one_part_is_tried_again_as_a_whole_if_its_failure_may_pass(
        bool isTransient,
        RetryReason reason
    )
    {
        var world = LoopTests.World(5);
        world.Store.TargetFaults.Step = (_, _) => throw Failure(isTransient);
        var retry = (await world.RunAsync()).RetryLater;
        retry.Reason.ShouldBe(reason);
        retry.Units.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refusals_and_mistakes_of_the_pipeline_are_for_people()
    {
        var world = LoopTests.World(50);
        await world.RunAsync();
        world.Source.Rows.Clear();
        var shrank = await world.RunAsync();
        shrank.Error!.Code.ShouldBe("source_shrank");
        shrank.RetryLater.ShouldBe(RetryLater.No);

        var units = new ManyUnits(2);
        units.Break("t1");
        var keyless = await units.World.RunAsync();
        keyless.Error!.Code.ShouldBe("no_key");
        keyless.RetryLater.Reason.ShouldBe(RetryReason.None);

        var unknown = await units.World.RunAsync(new RunOptions { Units = ["t9"] });
        unknown.RetryLater.Reason.ShouldBe(RetryReason.None);
    }

    [Fact]
    public async Task Records_in_the_dead_letters_are_worth_one_for_their_units()
    {
        var units = new ManyUnits(3);
        units.World.Store.TargetFaults.Refuses = (schema, row) =>
            RowText.Of(schema, row).Contains("t2", StringComparison.Ordinal);
        var outcome = await units.World.RunAsync();
        outcome.Verification.Verdict.ShouldBe(Verdict.Incomplete);
        outcome.RetryLater.Reason.ShouldBe(RetryReason.DeadLetters);
        outcome.RetryLater.Units.ShouldBe(["t2"]);
    }

    [Fact]
    public async Task A_proof_that_repair_could_not_make_hold_is_worth_one()
    {
        var world = LoopTests.World(5);
        world.Store.TargetFaults.Corrupt = row => row[^1] == (byte)'3' ? null : row;
        var outcome = await world.RunAsync();
        outcome.Status.ShouldBe(RunStatus.Failed);
        outcome.Error.ShouldBeNull();
        outcome.RetryLater.Reason.ShouldBe(RetryReason.Units);
    }

    [Fact]
    public async Task A_trail_that_could_not_be_written_is_worth_one_of_the_same_units()
    {
        var units = new ManyUnits(3);
        units.World.Audit.UnitRecorded = _ => throw Failure(isTransient: true);
        var whole = (await units.World.RunAsync()).RetryLater;
        whole.Reason.ShouldBe(RetryReason.Units);
        whole.Units.ShouldBeEmpty();
        var part = (await units.World.RunAsync(new RunOptions { Units = ["t1", "t3"] })).RetryLater;
        part.Units.ShouldBe(["t1", "t3"]);
    }

    [Fact]
    public async Task A_cancelled_run_a_rehearsal_and_a_verification_are_worth_none()
    {
        var world = LoopTests.World(5);
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        (await world.RunAsync(cancellationToken: cancel.Token)).RetryLater.Reason.ShouldBe(RetryReason.None);
        (await world.RunAsync(new RunOptions { DryRun = true })).RetryLater.Reason.ShouldBe(RetryReason.None);
        world.Store.TargetFaults.Step = (_, _) => throw Failure(isTransient: true);
        (await world.VerifyAsync()).RetryLater.Reason.ShouldBe(RetryReason.None);
    }

    private static SideException Failure(bool isTransient) =>
        new(ErrorType.Network, "the connection broke", "none") { Code = "connection_lost", IsTransient = isTransient };
}
