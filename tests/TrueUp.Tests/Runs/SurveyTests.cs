using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Runs;

public sealed class SurveyTests
{
    [Fact]
    public async Task A_first_load_reads_a_source_once_less_where_its_key_is_known_to_be_unique()
    {
        var kept = await ReadingsAsync(keyIsKept: true);
        var checkedHere = await ReadingsAsync(keyIsKept: false);
        kept.ShouldBe(checkedHere - 1);
    }

    [Theory]
    [InlineData(RuleFailure.Skip)]
    [InlineData(RuleFailure.Report)]
    public async Task A_survey_during_the_load_finds_what_one_before_it_finds(RuleFailure failure)
    {
        var during = World(keyIsKept: true, failure);
        var before = World(keyIsKept: false, failure);
        var outcome = await during.RunAsync();
        var expected = await before.RunAsync();
        outcome.Verification.Verdict.ShouldBe(
            failure == RuleFailure.Skip ? Verdict.Incomplete : Verdict.Verified,
            outcome.Error?.Message
        );
        outcome.Verification.Verdict.ShouldBe(expected.Verification.Verdict);
        outcome.Counts.ShouldBe(expected.Counts);
        outcome.Verification.IntegrityIssues.Shown.ShouldBe(expected.Verification.IntegrityIssues.Shown);
        outcome.Verification.IntegrityIssues.Total.ShouldBe(10);
        during.Audit.DeadLetters.ShouldBe(before.Audit.DeadLetters);
        during.Target.Lines().ShouldBe(before.Target.Lines());
    }

    [Fact]
    public async Task A_target_that_is_no_longer_empty_when_the_load_begins_is_compared_with_a_surveyed_source()
    {
        var world = World(keyIsKept: true, RuleFailure.Skip);
        world.Store.Tables["target"] = new MemoryTable(world.Source.Columns, "id");
        var openings = 0;
        world.Store.TargetFaults.Reading = () =>
        {
            // The first reading looks whether the target is empty; somebody fills it right after.
            if (++openings == 1)
            {
                world.Target.Add("1000", "theirs");
            }
        };
        var outcome = await world.RunAsync();
        outcome.Error.ShouldBeNull();
        outcome.Counts.Skipped.ShouldBe(10);
        outcome.Counts.Target.ShouldBe(90);
        outcome.Verification.Verdict.ShouldBe(Verdict.Incomplete);
    }

    private static async Task<int> ReadingsAsync(bool keyIsKept)
    {
        var readings = 0;
        var world = World(keyIsKept, RuleFailure.Report);
        world.Store.SourceFaults.Reading = () => readings++;
        (await world.RunAsync()).Error.ShouldBeNull();
        return readings;
    }

    private static MemoryWorld World(bool keyIsKept, RuleFailure failure)
    {
        var world = new MemoryWorld("id int32", "name");
        world.Source.KeyIsKept = keyIsKept;
        world.Store.SourceCanSeek = false;
        world.Pipeline = world.Pipeline with
        {
            Rules =
            [
                new RuleDefinition("named")
                {
                    Column = "name",
                    Required = true,
                    OnFail = failure,
                },
            ],
        };
        for (var i = 1; i <= 100; i++)
        {
            world.Source.Add($"{i}", i % 10 == 0 ? null : $"n{i}");
        }
        return world;
    }
}
