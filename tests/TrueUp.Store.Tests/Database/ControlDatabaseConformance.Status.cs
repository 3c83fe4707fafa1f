using TrueUp.Runs;
using TrueUp.Store.Queries;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>How pipelines stand.</summary>
public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public async Task The_status_of_a_pipeline_has_its_last_sync_its_state_and_the_age_of_its_proof()
    {
        (await Home.Pipelines.StatusAsync(null, CancellationToken.None)).ShouldBeEmpty();
        var proof = await EndAsync(Verdict.Repaired, RunStatus.Completed);
        var proven = Clock.Now;
        Clock.Advance(TimeSpan.FromHours(1));
        var incomplete = await EndAsync(Verdict.Incomplete, RunStatus.Completed);
        var synced = Clock.Now;
        Clock.Advance(TimeSpan.FromHours(1));

        var status = (await Home.Pipelines.StatusAsync("sellers", CancellationToken.None)).ShouldHaveSingleItem();

        status.IsRunning.ShouldBeFalse();
        status.LastSync.ShouldBe(synced);
        status.LastRunId.ShouldBe(incomplete);
        status.LastStatus.ShouldBe(RunState.Completed);
        status.LastVerdict.ShouldBe(Verdict.Incomplete);
        status.ProvenAt.ShouldBe(proven);
        status.ProvenBy.ShouldBe(proof);
        status.ProofAgeSeconds.ShouldBe(7200);
        (await Home.Pipelines.StatusAsync("other", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_in_progress_and_one_that_failed_leave_the_proof_as_old_as_it_was()
    {
        var failed = await EndAsync(Verdict.Failed, RunStatus.Failed);
        var status = (await Home.Pipelines.StatusAsync(null, CancellationToken.None)).ShouldHaveSingleItem();
        status.LastRunId.ShouldBe(failed);
        status.LastSync.ShouldBeNull();
        status.ProvenAt.ShouldBeNull();
        status.ProofAgeSeconds.ShouldBeNull();

        Clock.Advance(TimeSpan.FromSeconds(1));
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        status = (await Home.Pipelines.StatusAsync(null, CancellationToken.None)).ShouldHaveSingleItem();
        status.IsRunning.ShouldBeTrue();
        status.LastRunId.ShouldBe(run.RunId);
        status.LastVerdict.ShouldBeNull();
    }

    private async Task<string> EndAsync(Verdict verdict, RunStatus status)
    {
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        await run.CompleteAsync(
            Sample.Outcome(run, Clock, status) with
            {
                Verification = new Verification { Verdict = verdict },
            },
            CancellationToken.None
        );
        return run.RunId;
    }
}
