using TrueUp.Runs;
using TrueUp.Store.Jobs;

namespace TrueUp.Store.Tests.Database;

/// <summary>The queue.</summary>
public abstract partial class ControlDatabaseConformance
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    // A lease in the past: it has run out by any clock.
    private static readonly TimeSpan Expired = TimeSpan.FromSeconds(-1);

    [Fact]
    public async Task What_waits_is_claimed_by_priority_before_time()
    {
        await AskAsync("early", JobPriority.Normal);
        await AskAsync("high", JobPriority.High);
        await AskAsync("late", JobPriority.Normal);
        await AskAsync("urgent", JobPriority.Emergency);

        var order = new List<string>();
        while (await ClaimAsync("n1", "early", "high", "late", "urgent") is { } job)
        {
            order.Add(job.Pipeline);
        }

        order.ShouldBe(["urgent", "high", "early", "late"]);
        (await Home.Queue.WaitingAsync(10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_is_claimed_once_and_only_for_a_pipeline_the_server_has()
    {
        await AskAsync("a");

        (await ClaimAsync("n1", "b")).ShouldBeNull();
        var job = (await ClaimAsync("n1", "a")).ShouldNotBeNull();
        (await ClaimAsync("n2", "a")).ShouldBeNull();

        job.State.ShouldBe(JobState.Running);
        job.NodeId.ShouldBe("n1");
        job.Claim.ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_is_due_later_waits_for_its_time()
    {
        await AskAsync("a", delay: TimeSpan.FromHours(1));

        (await ClaimAsync("n1", "a")).ShouldBeNull();
        var joined = await AskAsync("a", JobPriority.High);

        joined.Result.ShouldBe(EnqueueResult.Joined);
        joined.Job!.Priority.ShouldBe(JobPriority.High);
        (await ClaimAsync("n1", "a")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_manual_trigger_of_a_pipeline_that_runs_starts_nothing_and_a_scheduled_one_waits()
    {
        await AskAsync("a");
        var running = (await ClaimAsync("n1", "a"))!;

        var manual = await AskAsync("a", trigger: TriggerSource.Manual);
        var scheduled = await AskAsync("a");

        manual.Result.ShouldBe(EnqueueResult.AlreadyRunning);
        manual.Job!.Id.ShouldBe(running.Id);
        scheduled.Result.ShouldBe(EnqueueResult.Queued);
        (await ClaimAsync("n2", "a")).ShouldBeNull("one run of a pipeline at a time");
        (await Home.Claims.FinishAsync(running, "R", new JobEnd(JobState.Completed), default)).ShouldBeTrue();
        (await ClaimAsync("n2", "a"))!.Id.ShouldBe(scheduled.Job!.Id);
    }

    [Fact]
    public async Task What_joins_a_waiting_job_widens_it()
    {
        await Home.Queue.EnqueueAsync(Ask("a") with { Unit = "u1", VerifyOnly = true }, default);
        var same = await Home.Queue.EnqueueAsync(Ask("a") with { Unit = "u1", VerifyOnly = true }, default);
        same.Job!.Unit.ShouldBe("u1");
        same.Job.VerifyOnly.ShouldBeTrue();

        var wider = await Home.Queue.EnqueueAsync(
            Ask("a") with
            {
                Unit = "u2",
                Trigger = TriggerSource.Manual,
                TriggeredBy = "ann",
                Reason = "month end",
            },
            default
        );

        wider.Result.ShouldBe(EnqueueResult.Joined);
        wider.Job!.Unit.ShouldBe("u2", "the comparison of another unit must not widen what is written");
        wider.Job.VerifyOnly.ShouldBeFalse();
        wider.Job.Trigger.ShouldBe(TriggerSource.Manual);
        (wider.Job.TriggeredBy, wider.Job.Reason).ShouldBe(("ann", "month end"));
        var compared = await Home.Queue.EnqueueAsync(Ask("a") with { VerifyOnly = true }, default);
        (compared.Job!.Unit, compared.Job.VerifyOnly).ShouldBe(("u2", false));
        (await Home.Queue.EnqueueAsync(Ask("a"), default)).Job!.Unit.ShouldBeNull();
    }

    [Fact]
    public async Task A_job_that_ended_says_how_far_it_came()
    {
        await AskAsync("a");
        var job = (await ClaimAsync("n1", "a"))!;
        var halfway = new JobProgress { CurrentStage = "syncing", RecordsProcessed = 10 };
        await Home.Claims.RenewAsync(job, Lease, "R", halfway, default);

        var end = new JobEnd(JobState.Completed) { Progress = halfway with { RecordsProcessed = 20 } };
        await Home.Claims.FinishAsync(job, "R", end, default);

        (await Home.Queue.FindAsync(job.Id, default))!.Progress!.RecordsProcessed.ShouldBe(20);
    }

    [Fact]
    public async Task A_lost_servers_job_is_done_by_another_which_alone_may_change_it_then()
    {
        await AskAsync("a");
        var lost = (await ClaimAsync("n1", Expired, 0, "a"))!;

        (await Home.Claims.RecoverAsync(default)).ShouldBe(1);
        var again = (await ClaimAsync("n2", "a"))!;

        again.Id.ShouldBe(lost.Id);
        again.Attempt.ShouldBe(2);
        again.Claim.ShouldBeGreaterThan(lost.Claim);
        (await Home.Claims.RenewAsync(lost, Lease, "OLD", null, default)).IsHeld.ShouldBeFalse();
        (await Home.Claims.FinishAsync(lost, "OLD", new JobEnd(JobState.Failed), default)).ShouldBeFalse();
        (await Home.Claims.RenewAsync(again, Lease, "NEW", null, default)).IsHeld.ShouldBeTrue();
        (await Home.Queue.FindAsync(lost.Id, default))!.RunId.ShouldBe("NEW");
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_not_renewed_even_if_nobody_took_it()
    {
        await AskAsync("a");
        var job = (await ClaimAsync("n1", Expired, 0, "a"))!;

        (await Home.Claims.RenewAsync(job, Lease, null, null, default)).IsHeld.ShouldBeFalse();
    }

    [Fact]
    public async Task A_job_whose_server_is_lost_too_often_fails()
    {
        await AskAsync("a");
        for (var attempt = 1; attempt <= JobClaims.AttemptsMax; attempt++)
        {
            (await ClaimAsync("n1", Expired, 0, "a"))!.Attempt.ShouldBe(attempt);
            await Home.Claims.RecoverAsync(default);
        }

        (await ClaimAsync("n1", "a")).ShouldBeNull();
        var job = (await Home.Queue.ListAsync(new JobQuery { Pipeline = "a" }, default)).Items.Single();
        job.State.ShouldBe(JobState.Failed);
        job.ErrorCode.ShouldBe("server_lost");
    }

    [Fact]
    public async Task A_lost_job_gives_way_to_one_that_waits_already()
    {
        await AskAsync("a");
        var lost = (await ClaimAsync("n1", Expired, 0, "a"))!;
        var waiting = await AskAsync("a");

        await Home.Claims.RecoverAsync(default);

        (await Home.Queue.FindAsync(lost.Id, default))!.State.ShouldBe(JobState.Failed);
        (await ClaimAsync("n2", "a"))!.Id.ShouldBe(waiting.Job!.Id);
    }

    [Fact]
    public async Task A_server_that_is_stopped_puts_its_job_back_without_counting_an_attempt()
    {
        await AskAsync("a");
        var job = (await ClaimAsync("n1", "a"))!;

        await Home.Claims.ReleaseAsync(job, isTried: false, default);

        (await ClaimAsync("n2", "a"))!.Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task The_limit_for_all_servers_holds()
    {
        foreach (var name in (string[])["a", "b", "c"])
        {
            await AskAsync(name);
        }
        var first = (await ClaimAsync("n1", Lease, 2, "a", "b", "c"))!;
        (await ClaimAsync("n2", Lease, 2, "a", "b", "c")).ShouldNotBeNull();

        (await ClaimAsync("n3", Lease, 2, "a", "b", "c")).ShouldBeNull();
        await Home.Claims.FinishAsync(first, null, new JobEnd(JobState.Completed), default);
        (await ClaimAsync("n3", Lease, 2, "a", "b", "c")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_waiting_job_is_cancelled_at_once_and_a_running_one_is_asked_to_stop()
    {
        var waiting = (await AskAsync("a")).Job!;
        await AskAsync("b");
        var running = (await ClaimAsync("n1", "b"))!;

        (await Home.Queue.CancelAsync(waiting.Id, "ann", default))!.State.ShouldBe(JobState.Cancelled);
        (await Home.Queue.CancelAsync(running.Id, "ann", default))!.State.ShouldBe(JobState.Running);
        (await Home.Queue.CancelAsync("NONE", "ann", default)).ShouldBeNull();

        var renewal = await Home.Claims.RenewAsync(
            running,
            Lease,
            null,
            new JobProgress { CurrentStage = "syncing", RecordsProcessed = 7 },
            default
        );
        renewal.ShouldBe(new Renewal(true, "ann"));
        (await Home.Queue.FindAsync(running.Id, default))!.Progress!.RecordsProcessed.ShouldBe(7);
    }

    [Fact]
    public async Task The_same_request_with_the_same_key_is_answered_with_the_same_job_for_a_day()
    {
        var request = Ask("a") with { Trigger = TriggerSource.Manual, TriggeredBy = "ann", IdempotencyKey = "k" };
        var first = await Home.Queue.EnqueueAsync(request, default);
        await ClaimAsync("n1", "a");

        var repeated = await Home.Queue.EnqueueAsync(request, default);
        var reused = await Home.Queue.EnqueueAsync(request with { Pipeline = "b" }, default);
        var other = await Home.Queue.EnqueueAsync(request with { TriggeredBy = "bob", Pipeline = "b" }, default);

        (repeated.Result, repeated.Job!.Id).ShouldBe((EnqueueResult.Repeated, first.Job!.Id));
        reused.Result.ShouldBe(EnqueueResult.KeyReused);
        other.Result.ShouldBe(EnqueueResult.Queued);
        Clock.Advance(TimeSpan.FromHours(25));
        (await Home.Queue.EnqueueAsync(request, default)).Result.ShouldBe(EnqueueResult.AlreadyRunning);
    }

    [Fact]
    public async Task A_paused_pipeline_takes_no_jobs_and_what_waits_goes_on_waiting()
    {
        await AskAsync("a");
        await Home.Pipelines.PauseAsync("a", "ann", "moving house", default);

        (await AskAsync("a")).Result.ShouldBe(EnqueueResult.Paused);
        (await ClaimAsync("n1", "a")).ShouldBeNull();
        var status = (await Home.Pipelines.StatusAsync("a", default)).Single();
        (status.IsPaused, status.PausedBy, status.PausedNote).ShouldBe((true, "ann", "moving house"));

        await Home.Pipelines.ResumeAsync("a", default);
        (await ClaimAsync("n1", "a")).ShouldNotBeNull();
        (await Home.Pipelines.StatusAsync("a", default)).Single().PausedBy.ShouldBeNull();
    }

    [Fact]
    public async Task Manual_triggers_can_be_read_as_the_manual_sync_audit()
    {
        await Home.Queue.EnqueueAsync(
            Ask("a") with
            {
                Trigger = TriggerSource.Manual,
                TriggeredBy = "ann",
                Priority = JobPriority.High,
            },
            default
        );
        await AskAsync("b");

        var rows = await QueryAsync(
            "SELECT sync_job_id, entity_type, priority, triggered_by, final_status FROM manual_sync_audit",
            row =>
                (
                    row.Text("entity_type"),
                    row.Text("priority"),
                    row.Text("triggered_by"),
                    row.TextOrNull("final_status")
                )
        );

        rows.ShouldBe([("a", "HIGH", "ann", null)]);
    }

    [Fact]
    public async Task A_lease_that_seems_longer_than_any_is_from_before_the_clock_was_set_back_and_over()
    {
        await AskAsync("a");
        await AskAsync("b");
        (await ClaimAsync("n1", JobClaims.LeaseMax, 0, "a")).ShouldNotBeNull();
        (await ClaimAsync("n1", TimeSpan.FromDays(20), 0, "b")).ShouldNotBeNull();

        (await Home.Claims.RecoverAsync(default)).ShouldBe(1);

        (await ClaimAsync("n2", "a", "b"))!.ShouldSatisfyAllConditions(
            job => job.Pipeline.ShouldBe("b"),
            job => job.Attempt.ShouldBe(2)
        );
    }

    [Fact]
    public async Task A_firing_says_when_the_next_is_due()
    {
        var next = Clock.Now.AddHours(1);
        await Home.Queue.EnqueueAsync(Ask("a") with { NextDue = next }, default);
        await AskAsync("a");

        (
            await QueryAsync("SELECT next_sync FROM sync_status WHERE entity_type = 'a'", row => row.Time("next_sync"))
        ).ShouldBe([next]);
    }

    [Fact]
    public async Task Whoever_joins_a_job_that_waits_is_in_the_audit_beside_whoever_asked_first()
    {
        foreach (var who in (string[])["ann", "bob"])
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            var request = new JobRequest
            {
                Pipeline = "a",
                Trigger = TriggerSource.Manual,
                TriggeredBy = who,
                Reason = $"{who} wants it",
            };
            await Home.Queue.EnqueueAsync(request, default);
        }

        var rows = await QueryAsync(
            "SELECT sync_job_id, triggered_by, trigger_reason, trigger_timestamp FROM manual_sync_audit ORDER BY id",
            row => (row.Text("triggered_by"), row.Text("trigger_reason"), row.Time("trigger_timestamp"))
        );

        rows.ShouldBe([
            ("ann", "ann wants it", Clock.Now - TimeSpan.FromMinutes(1)),
            ("bob", "bob wants it", Clock.Now),
        ]);
        (await Home.Queue.ListAsync(new JobQuery(), default)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_retry_that_the_schedule_joins_is_the_schedules_and_one_of_a_paused_pipeline_waits_for_it()
    {
        await Home.Pipelines.PauseAsync("a", "ann", null, default);
        var retry = Ask("a") with { Trigger = TriggerSource.Retry, Retries = 2, Delay = TimeSpan.FromHours(1) };
        (await Home.Queue.EnqueueAsync(retry, default)).Result.ShouldBe(EnqueueResult.Queued);
        (await ClaimAsync("n1", "a")).ShouldBeNull();
        await Home.Pipelines.ResumeAsync("a", default);

        var job = (await AskAsync("a")).Job!;

        (job.Trigger, job.Retries).ShouldBe((TriggerSource.Scheduled, 0));
        (await ClaimAsync("n1", "a"))!.Id.ShouldBe(job.Id);
        (await Home.Queue.EnqueueAsync(retry with { Retries = 1 }, default)).Job!.Retries.ShouldBe(1);
    }

    [Fact]
    public async Task Servers_are_known_while_they_are_heard_of_and_can_be_asked_to_drain()
    {
        var node = new Node("n1-x", "n1", null, "1", NodeState.Active, Clock.Now, Clock.Now, true, 0, 4);

        (await Home.Nodes.BeatAsync(node, Lease, default)).ShouldBe(NodeState.Active);
        (await Home.Nodes.DrainAsync("n1-x", drain: true, default)).ShouldBeTrue();
        (await Home.Nodes.BeatAsync(node with { Running = 2 }, Lease, default)).ShouldBe(NodeState.Draining);
        (await Home.Nodes.ListAsync(default)).Single().ShouldBe(node with { Running = 2, State = NodeState.Draining });

        await Home.Nodes.BeatAsync(node with { State = NodeState.Stopped }, Expired, default);
        (await Home.Nodes.DrainAsync("n1-x", drain: false, default)).ShouldBeFalse();
        (await Home.Nodes.ListAsync(default)).Single().IsAlive.ShouldBeFalse();
        Clock.Advance(TimeSpan.FromDays(1));
        await Home.Nodes.ForgetAsync(Clock.Now, default);
        (await Home.Nodes.ListAsync(default)).ShouldBeEmpty();
    }

    private static JobRequest Ask(string pipeline) => new() { Pipeline = pipeline, Trigger = TriggerSource.Scheduled };

    private ValueTask<Enqueued> AskAsync(
        string pipeline,
        JobPriority priority = JobPriority.Normal,
        TimeSpan delay = default,
        TriggerSource trigger = TriggerSource.Scheduled
    ) => Home.Queue.EnqueueAsync(Ask(pipeline) with { Priority = priority, Delay = delay, Trigger = trigger }, default);

    private ValueTask<Job?> ClaimAsync(string node, params string[] pipelines) => ClaimAsync(node, Lease, 0, pipelines);

    private ValueTask<Job?> ClaimAsync(string node, TimeSpan lease, int runningMax, params string[] pipelines) =>
        Home.Claims.ClaimAsync(new JobClaim(node, lease, runningMax, pipelines), default);
}
