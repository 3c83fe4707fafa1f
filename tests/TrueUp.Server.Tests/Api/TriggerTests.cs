using TrueUp.Server.Security;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Tests.Api;

public sealed class TriggerTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Trigger = "/api/v1/sync-admin/manual-trigger";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trigger_puts_a_job_into_the_queue_in_the_name_of_the_caller()
    {
        server.AddPipeline("first");
        var (status, body, answer) = await server.PostAsync(
            Trigger,
            new
            {
                entity_type = "first",
                tournament_no = 4711,
                priority = "HIGH",
                reason = "because",
            },
            server.As(Roles.Operator)
        );
        status.ShouldBe(202);
        var id = body!["sync_job_id"]!.GetValue<string>();
        answer.Headers.Location!.ToString().ShouldBe($"/api/v1/sync-admin/jobs/{id}");
        body["status"]!.GetValue<string>().ShouldBe("QUEUED");
        body["progress"]!["current_stage"]!.GetValue<string>().ShouldBe("queued");
        var job = (await server.Home.Queue.FindAsync(id, Token))!;
        job.TriggeredBy.ShouldBe("key:operator");
        job.Unit.ShouldBe("4711");
        job.Priority.ShouldBe(JobPriority.High);
    }

    [Fact]
    public async Task P17_a_trigger_while_the_pipeline_runs_starts_nothing_and_returns_the_current_status()
    {
        server.AddPipeline("busy");
        await server.PostAsync(Trigger, new { entity_type = "busy" });
        var running = await ClaimAsync("busy");
        var progress = new JobProgress { CurrentStage = "syncing", RecordsProcessed = 7 };
        await server.Home.Claims.RenewAsync(running, TimeSpan.FromMinutes(1), null, progress, Token);

        var (status, body, _) = await server.PostAsync(Trigger, new { entity_type = "busy" });

        status.ShouldBe(409);
        body!["code"]!.GetValue<string>().ShouldBe("already_running");
        body["job"]!["sync_job_id"]!.GetValue<string>().ShouldBe(running.Id);
        body["job"]!["status"]!.GetValue<string>().ShouldBe("RUNNING");
        body["job"]!["progress"]!["records_processed"]!.GetValue<long>().ShouldBe(7);
        (await server.Home.Queue.ListAsync(new JobQuery { Pipeline = "busy" }, Token)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_gives_the_same_job_even_after_a_pause_and_never_another()
    {
        server.AddPipeline("keyed");
        var request = new { entity_type = "keyed", reason = "once" };
        var first = await server.PostAsync(Trigger, request, key: "k1");
        await server.Home.Pipelines.PauseAsync("keyed", "ada", null, Token);
        var again = await server.PostAsync(Trigger, request, key: "k1");
        again.Status.ShouldBe(202);
        again.Answer.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        again.Body!["sync_job_id"]!.ToString().ShouldBe(first.Body!["sync_job_id"]!.ToString());
        await server.Home.Pipelines.ResumeAsync("keyed", Token);
        var other = await server.PostAsync(Trigger, new { entity_type = "keyed", reason = "twice" }, key: "k1");
        other.Status.ShouldBe(409);
        other.Body!["code"]!.GetValue<string>().ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task What_cannot_run_is_refused_with_the_reason()
    {
        server.AddPipeline("paused");
        await server.Home.Pipelines.PauseAsync("paused", "ada", "holiday", Token);
        server.AddPipeline("broken", broken: true);

        var paused = await server.PostAsync(Trigger, new { entity_type = "paused" });
        var broken = await server.PostAsync(Trigger, new { entity_type = "broken" });
        var unknown = await server.PostAsync(Trigger, new { entity_type = "unheard" });
        var hidden = await server.PostAsync(
            Trigger,
            new { entity_type = "paused" },
            server.As(Roles.Operator, "another")
        );

        (paused.Status, paused.Body!["code"]!.ToString()).ShouldBe((409, "pipeline_paused"));
        (broken.Status, broken.Body!["findings"]![0]!["line"]!.GetValue<int>()).ShouldBe((422, 3));
        unknown.Status.ShouldBe(404);
        hidden.Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_waiting_job_is_cancelled_at_once_and_an_ended_one_not_at_all()
    {
        server.AddPipeline("waits");
        var (_, body, _) = await server.PostAsync("/api/v1/pipelines/waits/trigger", new { });
        var path = $"/api/v1/sync-admin/jobs/{body!["sync_job_id"]}";
        var cancelled = await server.PostAsync(path + "/cancel", null);
        (cancelled.Status, cancelled.Body!["status"]!.ToString()).ShouldBe((202, "CANCELLED"));
        (await server.GetAsync(path))["cancel_requested_by"]!.ToString().ShouldBe("key:admin");

        await server.PostAsync("/api/v1/pipelines/waits/trigger", new { });
        var job = await ClaimAsync("waits");
        await server.Home.Claims.FinishAsync(job, null, new JobEnd(JobState.Completed), Token);
        (await server.PostAsync($"/api/v1/sync-admin/jobs/{job.Id}/cancel", null)).Status.ShouldBe(409);
    }

    [Fact]
    public async Task The_queue_says_in_which_order_jobs_wait_and_for_what()
    {
        server.AddPipeline("q1");
        server.AddPipeline("q2");
        server.AddPipeline("q3");
        await server.PostAsync(Trigger, new { entity_type = "q1" });
        await server.PostAsync(Trigger, new { entity_type = "q2", priority = "EMERGENCY" });
        await server.PostAsync(Trigger, new { entity_type = "q3" });
        await server.Home.Pipelines.PauseAsync("q3", "ada", null, Token);

        var queue = await server.GetAsync("/api/v1/queue", server.As(Roles.Viewer, "q1", "q2", "q3"));

        var waiting = queue["waiting"]!.AsArray();
        waiting
            .Select(entry => (entry!["job"]!["entity_type"]!.ToString(), entry["waits_for"]!.ToString()))
            .ShouldBe([("q2", "NO_SERVER"), ("q1", "NO_SERVER"), ("q3", "PAUSED")]);
    }

    [Fact]
    public async Task A_stream_tells_each_change_and_ends_with_the_job()
    {
        server.AddPipeline("streamed");
        await server.PostAsync(Trigger, new { entity_type = "streamed" });
        var job = await ClaimAsync("streamed");
        using var answer = await server.Client.GetAsync(
            $"/api/v1/sync-admin/jobs/{job.Id}/progress/stream",
            HttpCompletionOption.ResponseHeadersRead,
            Token
        );
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        (await NextAsync(reader)).ShouldContain("event: progress");

        var progress = new JobProgress { CurrentStage = "verifying", RecordsProcessed = 3 };
        await server.Home.Claims.RenewAsync(job, TimeSpan.FromMinutes(1), null, progress, Token);
        (await NextAsync(reader)).ShouldContain("\"current_stage\":\"verifying\"");

        await server.Home.Claims.FinishAsync(job, null, new JobEnd(JobState.Completed), Token);
        var last = await NextAsync(reader);
        last.ShouldContain("event: end");
        last.ShouldContain("\"status\":\"COMPLETED\"");
        (await reader.ReadToEndAsync(Token)).ShouldBeEmpty();
    }

    private async Task<Job> ClaimAsync(string pipeline) =>
        (await server.Home.Claims.ClaimAsync(new JobClaim("node", TimeSpan.FromMinutes(1), 0, [pipeline]), Token))!;

    private static async Task<string> NextAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(Token) is { Length: > 0 } line)
        {
            lines.Add(line);
        }
        return string.Join('\n', lines);
    }
}
