using TrueUp.Runs;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Runs;

public sealed class VerificationProperties
{
    [Fact]
    public void P01_every_completed_run_verifies_and_compares_the_counts_of_both_sides() =>
        Scenario.ForAll(async scenario =>
        {
            var outcome = await scenario.World().RunAsync();
            outcome.Status.ShouldBe(RunStatus.Completed);
            outcome.Verification.Verdict.ShouldBeOneOf(Verdict.Verified, Verdict.Repaired);
            outcome.Verification.SourceDigest.ShouldBe(outcome.Verification.TargetDigest);
            outcome.Counts.Source.ShouldBe(scenario.Source.Count);
            outcome.Counts.Target.ShouldBe(scenario.Source.Count);
            outcome.Verification.TargetDigest.Count.ShouldBe(scenario.Source.Count);
        });

    [Fact]
    public void P02_every_gap_is_logged_with_its_key() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            var outcome = await world.VerifyAsync();
            outcome.Verification.Differences.Gaps.Shown.Order().ShouldBe(scenario.Gaps.Select(k => $"{k}").Order());
            outcome
                .Verification.Differences.Drift.Shown.Select(d => d.Key)
                .Order()
                .ShouldBe(scenario.Drift.Select(k => $"{k}").Order());
            outcome.Verification.Differences.Extra.Shown.Order().ShouldBe(scenario.Extra.Select(k => $"{k}").Order());
            world.Audit.Gaps.Sum(g => g.Total).ShouldBe(outcome.Verification.Differences.Total);
        });

    [Fact]
    public void P03_every_gap_a_proof_finds_is_synchronised_again_and_nothing_else() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            var lost = scenario.Source.Keys.Where(k => k % 3 == 0).Select(k => $"{k}").ToHashSet();
            LoseOnce(world, lost);
            var outcome = await world.RunAsync();
            outcome.Verification.Verdict.ShouldBeOneOf(Verdict.Verified, Verdict.Repaired);
            world.Target.Lines().ShouldBe(world.Expected());
            if (world.Audit.Recoveries.Exists(r => r.Action == "resync"))
            {
                outcome.Verification.ResyncAttempted.ShouldBe(1);
                outcome.Verification.ResyncSucceeded.ShouldBe(1);
                world.Audit.Gaps[^1].Gaps.Shown.ShouldAllBe(k => lost.Contains(k));
            }
        });

    [Fact]
    public void P05_the_verification_is_in_what_the_audit_is_given() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            var outcome = await world.RunAsync();
            world.Audit.Completed.ShouldHaveSingleItem().Verification.ShouldBeSameAs(outcome.Verification);
        });

    [Fact]
    public void P37_and_P38_running_twice_updates_in_place_and_then_changes_nothing() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            await world.RunAsync();
            world.Target.Lines().ShouldBe(world.Expected());
            world.Target.Rows.Select(r => Convert.ToHexString(Texts.KeyOf(world.Target.Schema, r))).ShouldBeUnique();
            var applied = world.Store.Applied;
            var outcome = await world.RunAsync();
            world.Store.Applied.ShouldBe(applied);
            (outcome.Counts.Created + outcome.Counts.Updated + outcome.Counts.Deleted).ShouldBe(0);
        });

    [Fact]
    public async Task A_target_that_keeps_losing_rows_is_reported_as_failed()
    {
        var world = LoopTests.World(20);
        world.Store.TargetFaults.Corrupt = row => Texts.KeyOf(world.Source.Schema, row)[^1] == 7 ? null : row;
        var outcome = await world.RunAsync();
        outcome.Verification.Verdict.ShouldBe(Verdict.Failed);
        outcome.Status.ShouldBe(RunStatus.Failed);
        outcome.Verification.ResyncAttempted.ShouldBe(3);
        outcome.Verification.ResyncSucceeded.ShouldBeLessThan(3);
        outcome.Verification.Differences.Gaps.Shown.ShouldBe(["7"]);
    }

    [Fact]
    public async Task Without_repair_a_proof_that_finds_a_gap_fails_at_once()
    {
        var world = LoopTests.World(20);
        world.Pipeline = world.Pipeline with { Verify = world.Pipeline.Verify with { Repair = false } };
        LoseOnce(world, ["7"]);
        var outcome = await world.RunAsync();
        outcome.Verification.Verdict.ShouldBe(Verdict.Failed);
        outcome.Verification.ResyncAttempted.ShouldBe(0);
    }

    private static void LoseOnce(MemoryWorld world, HashSet<string> keys)
    {
        var lost = new HashSet<string>();
        world.Store.TargetFaults.Corrupt = row =>
        {
            var key = TrueUp.Rows.KeyText.Of(world.Source.Schema, row);
            return keys.Contains(key) && lost.Add(key) ? null : row;
        };
    }
}
