using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store.Jobs;
using TrueUp.Store.Queries;
using TrueUp.Store.Settings;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public async Task Monitoring_counts_runs_that_synchronise_and_ended_by_themselves()
    {
        await MonitoredAsync("a", RunStatus.Completed);
        await MonitoredAsync("a", RunStatus.Failed);
        await MonitoredAsync("a", RunStatus.Failed);
        await MonitoredAsync("a", RunStatus.Cancelled);
        await MonitoredAsync("b", RunStatus.Completed);
        var token = TestContext.Current.CancellationToken;

        var health = await Home.Monitoring.HealthAsync(null, Clock.Now, token);
        health
            .Select(e => (e.Pipeline, e.Completed, e.Failed, e.ConsecutiveFailures))
            .ShouldBe([("a", 1, 2, 2), ("b", 1, 0, 0)]);
        (await Home.Monitoring.HealthAsync(["b"], Clock.Now, token)).Single().Pipeline.ShouldBe("b");
        (await Home.Monitoring.HealthAsync([], Clock.Now, token)).ShouldBeEmpty();

        DateTimeOffset[] bounds = [Clock.Now.AddDays(-2), Clock.Now.AddDays(-1), Clock.Now.AddSeconds(1)];
        var totals = await Home.Monitoring.TotalsAsync(["a"], bounds, token);
        totals.Select(t => (t.Completed, t.Failed, t.Errors)).ShouldBe([(0, 0, 0), (1, 2, 3)]);
        (await Home.Monitoring.TrendAsync(null, bounds[0], 3, token)).Count.ShouldBe(3);
        (await Home.Monitoring.GapsAsync(null, token)).Keys.Order().ShouldBe(["a", "b"]);
        var errors = await Home.Monitoring.ErrorsAsync(null, bounds[0], token);
        errors.ShouldBe([new ErrorTotals(ErrorType.Network, Severity.High, 5)]);
        (await Home.Monitoring.ErrorsAsync(["a"], bounds[0], token)).Single().Count.ShouldBe(4);

        var error = (await Home.Errors.ListAsync(new ErrorQuery { Pipeline = "b" }, token)).Items.Single();
        Clock.Advance(TimeSpan.FromSeconds(30));
        await Home.Errors.ResolveAsync(error.Id, "mended", "ada", token);
        (await Home.Errors.FindAsync(error.Id, token))!.ResolutionNotes.ShouldBe("mended");
        var time = await Home.Monitoring.TimeToResolutionAsync(null, bounds[0], token);
        time!.Value.TotalSeconds.ShouldBe((Clock.Now - error.OccurredAt).TotalSeconds, 0.001);
    }

    [Fact]
    public async Task The_last_result_of_each_unit_is_found_name_by_name()
    {
        var token = TestContext.Current.CancellationToken;
        foreach (
            var units in (string[][])
                [
                    ["", "b"],
                    ["a", "b"],
                    ["c"],
                ]
        )
        {
            await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), token);
            foreach (var unit in units)
            {
                await run.UnitAsync(Sample.Unit(unit), token);
            }
            await run.CompleteAsync(Sample.Outcome(run, Clock), token);
        }
        var first = await Home.Units.LatestAsync("sellers", 3, null, token);
        first.Items.Select(u => u.Unit).ShouldBe(["", "a", "b"]);
        var runs = (await Home.Runs.ListAsync(new RunQuery(), token)).Items;
        first.Items[2].RunId.ShouldBe(runs[1].RunId);
        var second = await Home.Units.LatestAsync("sellers", 3, first.Next, token);
        second.Items.Select(u => u.Unit).ShouldBe(["c"]);
        second.Next.ShouldBeNull();
        (await Home.Units.LatestAsync("another", 3, null, token)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_timeline_has_runs_errors_requests_changes_and_the_pause_and_goes_on_where_it_was_left()
    {
        var token = TestContext.Current.CancellationToken;
        await MonitoredAsync("sellers", RunStatus.Failed);
        var request = new JobRequest
        {
            Pipeline = "sellers",
            Trigger = TriggerSource.Manual,
            TriggeredBy = "ada",
        };
        await Home.Queue.EnqueueAsync(request, token);
        await Home.Pipelines.PauseAsync("sellers", "ada", "holiday", token);
        foreach (var key in (string[])["pipelines.sellers", "intervals.sellers", "pipelines.others"])
        {
            var trail = new ConfigTrail(key, "new", "newer", ConfigSource.Api, "why");
            await Home.Config.ChangeAsync(new ConfigChange(key, null, "new", "ada") { Trail = [trail] }, token);
        }
        string[] keys = ["pipelines.sellers", "intervals.sellers"];
        var all = await Home.Timeline.ListAsync("sellers", keys, null, 10, token);
        all.Select(e => e.Kind).Order().ShouldBe(["config", "config", "error", "pause", "request", "run"]);
        all.First(e => e.Kind == "config")
            .ShouldSatisfyAllConditions(
                e => e.Actor.ShouldBe("ada"),
                e => e.Status.ShouldBe("api"),
                e => e.Message.ShouldBe("why")
            );
        var seen = new List<TimelineEntry>();
        while ((await Home.Timeline.ListAsync("sellers", keys, seen.LastOrDefault(), 1, token)) is [var next])
        {
            seen.Add(next);
        }
        seen.ShouldBe(all);
    }

    [Fact]
    public async Task The_queue_learns_which_pipelines_are_paused_and_how_long_they_take()
    {
        var token = TestContext.Current.CancellationToken;
        await MonitoredAsync("a", RunStatus.Completed);
        await Home.Pipelines.PauseAsync("b", "ada", null, token);
        var loads = await Home.Pipelines.LoadsAsync(["a", "b", "c"], token);
        loads.Keys.Order().ShouldBe(["a", "b"]);
        loads["a"].IsPaused.ShouldBeFalse();
        loads["a"].AverageDuration.ShouldNotBeNull();
        loads["b"].ShouldBe(new PipelineLoad("b", null, true));
        (await Home.Pipelines.ExistsAsync("b", token)).ShouldBeTrue();
        (await Home.Pipelines.ExistsAsync("c", token)).ShouldBeFalse();
        (await Home.Pipelines.LoadsAsync([], token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_that_was_answered_is_recognised_before_it_is_made_again()
    {
        var token = TestContext.Current.CancellationToken;
        var request = new JobRequest
        {
            Pipeline = "sellers",
            Trigger = TriggerSource.Manual,
            TriggeredBy = "ada",
            IdempotencyKey = "k",
        };
        (await Home.Queue.RepeatedAsync(request, token)).ShouldBeNull();
        var job = (await Home.Queue.EnqueueAsync(request, token)).Job;
        (await Home.Queue.RepeatedAsync(request, token)).ShouldBe(new Enqueued(EnqueueResult.Repeated, job));
        var other = await Home.Queue.RepeatedAsync(request with { Reason = "another" }, token);
        other!.Result.ShouldBe(EnqueueResult.KeyReused);
    }

    [Fact]
    public async Task Lists_can_be_limited_to_some_pipelines()
    {
        var token = TestContext.Current.CancellationToken;
        await MonitoredAsync("a", RunStatus.Completed);
        await MonitoredAsync("b", RunStatus.Completed);
        (await Home.Runs.ListAsync(new RunQuery { Among = ["b"] }, token)).Items.Single().Pipeline.ShouldBe("b");
        (await Home.Runs.ListAsync(new RunQuery { Among = [] }, token)).Items.ShouldBeEmpty();
        (await Home.Errors.ListAsync(new ErrorQuery { Among = ["a"] }, token)).Items.Single().Pipeline.ShouldBe("a");
        (await Home.DeadLetters.ListAsync(new DeadLetterQuery { Among = ["a"] }, token)).Items.ShouldBeEmpty();
        (await Home.Queue.ListAsync(new JobQuery { Among = ["a"] }, token)).Items.ShouldBeEmpty();
        (await Home.Receipts.ListAmongAsync(["a"], 5, null, token)).Items.ShouldBeEmpty();
        var query = new RecordQuery { Among = ["b"], RunsMax = 5 };
        (await Home.Records.ListRunsAsync(query, token)).Count.ShouldBe(1);
    }

    private async Task MonitoredAsync(string pipeline, RunStatus status)
    {
        var token = TestContext.Current.CancellationToken;
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock, pipeline), token);
        await run.ErrorAsync(new AuditError("", ErrorType.Network, Severity.High, "It broke.", "Wait."), token);
        Clock.Advance(TimeSpan.FromSeconds(5));
        await run.CompleteAsync(Sample.Outcome(run, Clock, status, pipeline), token);
        Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
