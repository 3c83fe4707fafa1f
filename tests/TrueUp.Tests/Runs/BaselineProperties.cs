using FsCheck;
using FsCheck.Fluent;
using TrueUp.Runs;
using TrueUp.Testing.Simulation;

namespace TrueUp.Tests.Runs;

public sealed class BaselineProperties
{
    private static readonly Gen<PhaseTimes> Times =
        from ms in Gen.OneOf(Gen.Choose(0, 300), Gen.Choose(0, 60_000)).ArrayOf(4)
        from waiting in Gen.Choose(0, 500)
        select Of(ms[0], ms[1], ms[2], ms[3], ms.Sum() + waiting);

    [Fact]
    public void P27_a_phase_is_named_exactly_when_it_took_half_as_long_again_as_the_median_and_a_tenth_of_a_second() =>
        ForAll(
            (history, times) =>
            {
                var last = history.Take(20).ToList();
                var usual = Baseline.Of(history);
                if (last.Count < 5)
                {
                    usual.ShouldBeNull();
                    Baseline.Warning(history, times).ShouldBeNull();
                    return;
                }
                List<string> expected = [.. Phases.Where(p => IsSlower(p.Read)).Select(p => p.Name)];
                if (expected.Count == 0 && IsSlower(t => t.Total))
                {
                    expected = ["total"];
                }
                Baseline.Slower(usual!, times).Select(s => s.Phase).ShouldBe(expected);
                var warning = Baseline.Warning(history, times);
                (warning is null).ShouldBe(expected.Count == 0);
                expected.ShouldAllBe(phase => warning!.Message.Contains($"{phase} took "));

                bool IsSlower(Func<PhaseTimes, TimeSpan> read)
                {
                    var median = Median([.. last.Select(t => read(t).TotalMilliseconds)]);
                    var took = read(times).TotalMilliseconds;
                    return took > 1.5 * median && took > median + 100;
                }
            }
        );

    [Fact]
    public void P27_a_run_like_the_others_says_nothing_whatever_their_order() =>
        ForAll(
            (history, times) =>
            {
                Baseline.Warning([.. Enumerable.Repeat(times, 7)], times).ShouldBeNull();
                if (history.Count <= 20)
                {
                    Baseline.Of([.. history.Reverse()]).ShouldBe(Baseline.Of(history));
                }
            }
        );

    [Fact]
    public async Task A_run_that_is_slower_than_its_predecessors_warns_and_names_the_phase()
    {
        var clock = new SimulatedClock();
        var world = LoopTests.World(20);
        world.Clock = clock;
        var slow = TimeSpan.FromMilliseconds(200);
        world.Store.TargetFaults.Applying = _ => clock.Advance(slow);
        for (var run = 0; run < 6; run++)
        {
            world.Source.Add($"{100 + run}", "new");
            (await world.RunAsync()).Warnings.ShouldBeEmpty();
        }
        world.Source.Add("200", "new");
        slow = TimeSpan.FromSeconds(3);
        // Neither a part of it nor a look is held against whole runs.
        (await world.VerifyAsync()).Warnings.ShouldBeEmpty();

        var warning = (await world.RunAsync()).Warnings.ShouldHaveSingleItem();

        warning.Code.ShouldBe("slower_than_baseline");
        warning.IsError.ShouldBeFalse();
        warning.Message.ShouldBe("Slower than usual: update took 3.0 s, usually 200 ms (median of the last 6 runs).");
        world.Audit.Completed[^1].Warnings.ShouldBe([warning]);
    }

    private static readonly (string Name, Func<PhaseTimes, TimeSpan> Read)[] Phases =
    [
        ("fetch", t => t.Fetch),
        ("compare", t => t.Compare),
        ("update", t => t.Update),
        ("verify", t => t.Verify),
    ];

    private static PhaseTimes Of(int fetch, int compare, int update, int verify, int total) =>
        new(Ms(fetch), Ms(compare), Ms(update), Ms(verify), Ms(total));

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }

    private static void ForAll(Action<IReadOnlyList<PhaseTimes>, PhaseTimes> property) =>
        Prop.ForAll(
                Arb.From(
                    from count in Gen.Choose(0, 30)
                    from history in Times.ListOf(count)
                    from times in Times
                    select (history, times)
                ),
                c => property([.. c.history], c.times)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
