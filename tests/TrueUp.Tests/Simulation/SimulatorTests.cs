using TrueUp.Testing.Memory;
using TrueUp.Testing.Simulation;

namespace TrueUp.Tests.Simulation;

/// <summary>A small part of <c>./dev fault simulate</c>, and proof that it would notice.</summary>
public sealed class SimulatorTests(ITestOutputHelper output)
{
    [Fact]
    public void Whatever_happens_to_runs_the_promise_holds()
    {
        var all = Play(Enumerable.Range(1, 60), 1000);
        all.Violations.ShouldBeEmpty();
        all.Steps.ShouldBeGreaterThan(60_000);
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            all.Faults.GetValueOrDefault(kind).ShouldBeGreaterThan(0, $"{kind} never happened");
        }
    }

    [Fact]
    public void The_same_seed_makes_the_same_things_happen_in_the_same_order()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            List<string> first = [],
                second = [];
            var once = Simulator.Run(new SimulationSettings(seed, 2000) { Trace = first.Add });
            var again = Simulator.Run(new SimulationSettings(seed, 2000) { Trace = second.Add });
            again.TraceHash.ShouldBe(once.TraceHash);
            second.ShouldBe(first);
        }
    }

    [Fact]
    public void Different_seeds_make_different_things_happen() =>
        Enumerable
            .Range(1, 20)
            .Select(seed => Simulator.Run(new SimulationSettings(seed, 300)).TraceHash)
            .ShouldBeUnique();

    [Fact]
    public void A_target_that_ignores_epochs_is_noticed() =>
        Notices(faults => faults.IgnoresEpoch = true, "after epoch");

    [Fact]
    public void A_target_that_writes_over_what_others_changed_is_noticed() =>
        Notices(faults => faults.IgnoresExpected = true, "left other rows than it should");

    [Fact]
    public void A_target_that_drops_rows_and_shows_them_all_the_same_is_noticed()
    {
        var dropped = new List<byte[]>();
        Notices(
            faults =>
            {
                var corrupt = faults.Corrupt!;
                faults.Corrupt = row =>
                {
                    if (dropped.Count > 0)
                    {
                        return corrupt(row);
                    }
                    dropped.Add(row);
                    return null;
                };
                faults.Shown = rows => [.. rows, .. dropped];
            },
            "left other rows than it should"
        );
    }

    [Fact]
    public void A_reading_that_shows_too_little_is_noticed_in_what_the_run_says() =>
        Notices(faults => faults.Shown = rows => [.. rows.Skip(1)], "and really");

    private void Notices(Action<MemoryFaults> harm, string what)
    {
        for (var seed = 1; seed <= 600; seed++)
        {
            var result = Simulator.Run(new SimulationSettings(seed, 1000) { Break = harm });
            if (result.Violations.Find(v => v.Contains(what, StringComparison.Ordinal)) is { } violation)
            {
                output.WriteLine(violation);
                return;
            }
        }
        Assert.Fail("The simulator did not notice.");
    }

    private SimulationResult Play(IEnumerable<int> seeds, int steps)
    {
        var sum = new SimulationResult();
        foreach (var seed in seeds)
        {
            sum.Add(Simulator.Run(new SimulationSettings(seed, steps)));
        }
        output.WriteLine($"{sum.Steps} steps, {sum.Runs} runs, {sum.Commits} commits");
        return sum;
    }
}
