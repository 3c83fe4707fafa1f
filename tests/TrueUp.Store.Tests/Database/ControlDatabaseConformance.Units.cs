using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Store.Queries;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>What a run leaves that was told to leave units out, and what the phases of runs took.</summary>
public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public async Task A_run_of_some_units_says_so_and_proves_nothing_of_the_whole()
    {
        var proof = await EndUnitsAsync();
        var before = await StatusAsync();
        var proven = Clock.Now;
        Clock.Advance(TimeSpan.FromHours(1));

        var part = await EndUnitsAsync("north", "south");

        var details = (await Home.Runs.GetAsync(part, CancellationToken.None))!;
        details.Run.OnlyUnits.ShouldBe(["north", "south"]);
        details.Verification!.OnlyUnits.ShouldBe(["north", "south"]);
        var runs = await Home.Runs.ListAsync(new RunQuery(), CancellationToken.None);
        runs.Items.Select(r => r.OnlyUnits?.Count).ShouldBe([2, null]);
        var status = (await Home.Pipelines.StatusAsync("sellers", CancellationToken.None)).ShouldHaveSingleItem();
        status.LastRunId.ShouldBe(part);
        status.LastVerdict.ShouldBe(Verdict.Verified);
        status.ProvenBy.ShouldBe(proof);
        status.ProvenAt.ShouldBe(proven);
        status.ProofAgeSeconds.ShouldBe(3600);
        (await StatusAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_run_of_some_units_settles_the_dead_letters_of_these()
    {
        await using (var first = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None))
        {
            foreach (var unit in (string[])["north", "south"])
            {
                var letter = new DeadLetter(unit, "AA1", "invalid_format", "no number");
                await first.DeadLetterAsync(letter, CancellationToken.None);
            }
            await first.CompleteAsync(Sample.Outcome(first, Clock), CancellationToken.None);
        }
        await EndUnitsAsync("north");
        var letters = await Home.DeadLetters.ListAsync(new DeadLetterQuery(), CancellationToken.None);
        letters
            .Items.OrderBy(l => l.Unit, StringComparer.Ordinal)
            .Select(l => l.State)
            .ShouldBe([LetterState.Succeeded, LetterState.Pending]);
    }

    [Fact]
    public async Task The_phases_of_the_last_whole_runs_come_back_as_they_were_newest_first()
    {
        for (var run = 1; run <= 4; run++)
        {
            await EndUnitsAsync();
            await EndUnitsAsync("north");
        }
        await EndAsync(Verdict.Failed, RunStatus.Failed);
        var phases = await Home.Audit.RecentPhasesAsync("sellers", 3, CancellationToken.None);
        phases.Select(p => p.Update.TotalMilliseconds).ShouldBe([7.5, 5.5, 3.5]);
        phases[0].ShouldBe(PhasesOf(7));
        (await Home.Audit.RecentPhasesAsync("other", 3, CancellationToken.None)).ShouldBeEmpty();
    }

    private int _runsEnded;

    private static PhaseTimes PhasesOf(int run) =>
        new(
            TimeSpan.FromMilliseconds(1),
            TimeSpan.FromSeconds(2),
            TimeSpan.FromMilliseconds(run + 0.5),
            TimeSpan.Zero,
            TimeSpan.FromMinutes(run)
        );

    private async Task<string> EndUnitsAsync(params string[] units)
    {
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        foreach (var unit in units)
        {
            await run.UnitAsync(Sample.Unit(unit), CancellationToken.None);
        }
        await run.CompleteAsync(
            Sample.Outcome(run, Clock) with
            {
                OnlyUnits = units,
                Phases = PhasesOf(++_runsEnded),
            },
            CancellationToken.None
        );
        return run.RunId;
    }
}
