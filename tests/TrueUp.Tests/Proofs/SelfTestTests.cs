using System.Text;
using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Testing.Memory;
using TrueUp.Tests.Runs;

namespace TrueUp.Tests.Proofs;

/// <summary>The verifier's daily test of itself, beside a real run.</summary>
public sealed class SelfTestTests
{
    [Fact]
    public async Task A_run_finds_every_kind_of_damage_on_a_canary_and_leaves_nothing_behind()
    {
        var world = World();

        var outcome = await world.RunAsync();

        outcome.IsProven.ShouldBeTrue();
        var test = outcome.SelfTest.ShouldNotBeNull();
        test.Problems.ShouldBeEmpty();
        test.Passed.ShouldBeTrue();
        test.Kinds.ShouldBeGreaterThanOrEqualTo(15);
        test.Detected.ShouldBe(test.Kinds);
        world.Store.Tables.Keys.ShouldBe(["source", "target"], ignoreOrder: true);
        world.Store.States.Keys.ShouldBe(["test"]);
        ReceiptBuilder
            .Build(world.Pipeline, outcome, null, 1, null)
            .SelfTest.ShouldBe(new ReceiptSelfTest(true, test.Kinds, test.Kinds));
    }

    [Fact]
    public async Task A_verification_tests_itself_too()
    {
        var world = World();
        await world.RunAsync();
        (await world.VerifyAsync()).SelfTest!.Passed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_verifier_that_misses_a_kind_of_damage_is_not_believed()
    {
        var world = World();
        // As a column whose collation ignores case: what is written in capitals is found again in small letters.
        world.Store.TargetFaults.Applied = _ => FoldCanaries(world.Store);

        var outcome = await world.RunAsync();

        outcome.IsProven.ShouldBeFalse();
        outcome.Status.ShouldBe(RunStatus.Failed);
        outcome.Verification.Verdict.ShouldBe(Verdict.Failed);
        outcome.Error!.Code.ShouldBe("self_test_failed");
        outcome.Error.Message.ShouldContain("another case: not found");
        var test = outcome.SelfTest!;
        test.Passed.ShouldBeFalse();
        test.Detected.ShouldBe(test.Kinds - 1);
        world.Target.Lines().ShouldBe(world.Expected(), "the run itself did its work");
        world.Store.Tables.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_self_test_that_cannot_be_made_fails_the_run_and_says_why()
    {
        var world = World();
        world.Store.TargetFaults.Applying = _ =>
        {
            if (world.Store.Tables.Keys.Any(IsCanary))
            {
                throw new SideException(ErrorType.Database, "no room is left", "make room");
            }
        };

        var outcome = await world.RunAsync();

        outcome.Error!.Code.ShouldBe("self_test_failed");
        outcome.Error.Message.ShouldContain("no room is left");
        world.Store.Tables.Keys.Any(IsCanary).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(23.9, false)]
    [InlineData(24, true)]
    public async Task It_is_made_once_a_day(double hoursAgo, bool due)
    {
        var world = World();
        world.Audit.LastSelfTest = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(hoursAgo);
        ((await world.RunAsync()).SelfTest is not null).ShouldBe(due);
    }

    [Fact]
    public async Task It_is_made_only_when_it_is_wanted_and_never_by_a_rehearsal_or_a_run_that_failed()
    {
        var unwanted = LoopTests.World(5);
        (await unwanted.RunAsync()).SelfTest.ShouldBeNull();
        (await World().RunAsync(new RunOptions { DryRun = true })).SelfTest.ShouldBeNull();
        var broken = World();
        broken.Store.TargetFaults.Opening = () =>
            throw new SideException(ErrorType.Auth, "may not connect", "ask for leave");
        var outcome = await broken.RunAsync();
        outcome.Error!.Code.ShouldBe("side_failed");
        outcome.SelfTest.ShouldBeNull();
    }

    private static MemoryWorld World()
    {
        var world = LoopTests.World(20);
        world.Pipeline = world.Pipeline with { Verify = new VerifyDefinition { SelfTest = SelfTestPolicy.Daily } };
        return world;
    }

    private static bool IsCanary(string table) => table.StartsWith(ICanaryTarget.NamePrefix, StringComparison.Ordinal);

    private static void FoldCanaries(MemoryStore store)
    {
        foreach (var (_, table) in store.Tables.Where(t => IsCanary(t.Key)))
        {
            var name = table.Columns.FindIndex(c => c.Name == "name");
            for (var i = 0; i < table.Rows.Count; i++)
            {
                table.Rows[i] = Fold(table, table.Rows[i], name);
            }
        }
    }

    private static byte[] Fold(MemoryTable table, byte[] row, int name)
    {
        using var builder = new RowBatchBuilder(table.Schema);
        builder.BeginRow();
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (!FieldReader.At(row, i, out var value))
            {
                builder.WriteNull();
                continue;
            }
            builder.WriteField(
                i == name ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(value).ToLowerInvariant()) : value
            );
        }
        builder.EndRow();
        using var batch = builder.Build();
        return batch.Row(0).ToArray();
    }
}
