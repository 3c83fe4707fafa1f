using TrueUp.Proofs.Receipts;
using TrueUp.Runs;

namespace TrueUp.Tests.Runs;

public sealed class UnitChoiceTests
{
    [Fact]
    public async Task Only_the_units_that_were_named_are_run_and_the_outcome_says_so()
    {
        var units = new ManyUnits(4);
        var outcome = await units.World.RunAsync(new RunOptions { Units = ["t4", "t2", "t4"] });
        outcome.IsProven.ShouldBeTrue();
        outcome.Units.Select(u => u.Unit).ShouldBe(["t2", "t4"]);
        outcome.OnlyUnits.ShouldBe(["t2", "t4"]);
        units.World.Store.Tables.ContainsKey("t1_copy").ShouldBeFalse();
        units.Target("t2").Rows.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_run_that_was_given_every_unit_is_a_whole_one()
    {
        var units = new ManyUnits(2);
        (await units.World.RunAsync(new RunOptions { Units = ["t2", "t1"] })).OnlyUnits.ShouldBeEmpty();
        (await LoopTests.World(3).RunAsync(new RunOptions { Units = [""] })).OnlyUnits.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_unit_that_is_not_there_is_refused_with_those_that_are()
    {
        var units = new ManyUnits(25);
        var outcome = await units.World.RunAsync(new RunOptions { Units = ["t1", "nope"] });
        outcome.Status.ShouldBe(RunStatus.Failed);
        outcome.Units.ShouldBeEmpty();
        outcome.OnlyUnits.ShouldBe(["t1", "nope"]);
        var error = outcome.Error!;
        error.Code.ShouldBe("unit_unknown");
        error.Cause.ShouldBe(ErrorCause.Configuration);
        error.Message.ShouldBe("The source has no unit 'nope'.");
        error.Suggestion.ShouldStartWith("Name one of: t1, t2,");
        error.Suggestion.ShouldEndWith("t20 and 5 others.");
        error.Findings.ShouldHaveSingleItem().Code.ShouldBe("unit_unknown");
        units.World.Store.States.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pipeline_without_units_says_that_it_has_none()
    {
        var outcome = await LoopTests.World(3).RunAsync(new RunOptions { Units = ["sellers"] });
        outcome.Error!.Suggestion.ShouldBe("The pipeline has no units: run it as a whole.");
    }

    [Fact]
    public async Task A_receipt_says_when_units_were_left_out()
    {
        var units = new ManyUnits(3);
        var part = await units.World.RunAsync(new RunOptions { Units = ["t3"] });
        ReceiptBuilder.Build(units.World.Pipeline, part, null, 1, null).OnlyUnits.ShouldBe(["t3"]);
        var whole = await units.World.RunAsync();
        ReceiptBuilder.Build(units.World.Pipeline, whole, null, 1, null).OnlyUnits.ShouldBeNull();
    }
}
