using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Store.Queries;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>An undo is recorded as a run, and counts as no synchronisation.</summary>
public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public async Task An_undo_names_the_run_it_undid_and_is_no_sync()
    {
        var letter = new DeadLetter("", "AA1", "i", "r");
        await RunAsync(letters: letter);
        var undone = (await Home.Runs.ListAsync(new RunQuery(), CancellationToken.None)).Items[0].RunId;
        var before = await StatusAsync();

        var start = Sample.Start(Clock) with { UndoneRun = undone };
        await using var run = await Home.Audit.StartAsync(start, CancellationToken.None);
        await run.UnitAsync(Sample.Unit(), CancellationToken.None);
        await run.CompleteAsync(Sample.Outcome(run, Clock) with { UndoneRun = undone }, CancellationToken.None);

        (await Home.Runs.GetAsync(run.RunId, CancellationToken.None))!.Run.UndoneRun.ShouldBe(undone);
        (await Home.Runs.GetAsync(undone, CancellationToken.None))!.Run.UndoneRun.ShouldBeNull();
        (await OnlyLetterAsync(new DeadLetterQuery())).State.ShouldBe(LetterState.Pending);
        (await Home.Runs.PhasesAsync("sellers", 20, CancellationToken.None)).Count.ShouldBe(1);
        (await StatusAsync()).ShouldBe(before);
    }

    private async Task<(long Successes, DateTimeOffset? LastSync)> StatusAsync() =>
        (
            await QueryAsync(
                "SELECT success_count, last_sync FROM sync_status",
                row => (row.Number("success_count"), row.TimeOrNull("last_sync"))
            )
        ).ShouldHaveSingleItem();
}
