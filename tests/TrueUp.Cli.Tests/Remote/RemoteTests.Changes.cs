using System.Text.Json;
using TrueUp.Runs;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Cli.Tests.Remote;

/// <summary>Commands that change something on a server.</summary>
public sealed partial class RemoteTests
{
    [Fact]
    public async Task A_run_is_triggered_and_waited_for()
    {
        var job = (await server.AskAsync("trigger", "sellers", "--wait", "--priority", "high", "--json"))
            .ShouldExit(0)
            .Json.GetProperty("result");

        job.GetProperty("status").GetString().ShouldBe("completed");
        job.GetProperty("priority").GetString().ShouldBe("high");
        (await server.AskAsync("trigger", "nothing")).ShouldExit(2);
    }

    [Fact]
    public async Task A_run_that_fails_says_why_and_where_to_look()
    {
        var json = (await server.AskAsync("trigger", "broken", "--wait", "--json")).ShouldExit(1).Json;

        json.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("missing.csv");
        var suggestion = json.GetProperty("error").GetProperty("suggestion").GetString()!;
        suggestion.ShouldStartWith("See `trueup errors --run ");
        (await server.AskAsync(suggestion.Split('`')[1].Split(' ')[1..])).ShouldExit(0).Error.ShouldContain("1 error.");
    }

    [Fact]
    public async Task What_is_paused_does_not_run_until_it_is_resumed()
    {
        (await server.AskAsync("pause", "sellers", "--note", "a test")).ShouldExit(0).Error.ShouldContain("paused");
        try
        {
            var status = (await server.AskAsync("status", "sellers", "--json")).Json.GetProperty("result");
            var pipeline = status.GetProperty("pipelines")[0];
            pipeline.GetProperty("state").GetString().ShouldBe("paused");
            pipeline.GetProperty("is_paused").GetBoolean().ShouldBeTrue();
            pipeline.GetProperty("paused_by").GetString().ShouldBe("key:bootstrap");
            pipeline.GetProperty("paused_note").GetString().ShouldBe("a test");
            (await server.AskAsync("trigger", "sellers", "--json"))
                .ShouldExit(1)
                .Json.GetProperty("error")
                .GetProperty("code")
                .GetString()
                .ShouldBe("pipeline_paused");
        }
        finally
        {
            (await server.AskAsync("resume", "sellers")).ShouldExit(0).Error.ShouldContain("sellers: resumed.");
        }
        (await server.AskAsync("trigger", "sellers", "--wait")).ShouldExit(0);
        (await server.AskAsync("pause", "nothing")).ShouldExit(2);
    }

    [Fact]
    public async Task A_job_that_waits_is_cancelled()
    {
        var job = await EnqueueAsync("sellers");

        var cancelled = (await server.AskAsync("cancel", job, "--json")).ShouldExit(0).Json.GetProperty("result");

        cancelled.GetProperty("sync_job_id").GetString().ShouldBe(job);
        cancelled.GetProperty("status").GetString().ShouldBe("cancelled");
        (await server.AskAsync("cancel", job)).ShouldExit(0).Error.ShouldContain("of sellers: cancelled.");
        (await server.AskAsync("cancel", "01KAJ3T8ZV6Q0W9M2N4B5C6D7E")).ShouldExit(2);
    }

    [Fact]
    public async Task A_job_that_has_ended_cannot_be_cancelled()
    {
        var job = (await server.AskAsync("trigger", "sellers", "--wait", "--json")).ShouldExit(0).Json;

        var id = job.GetProperty("result").GetProperty("sync_job_id").GetString()!;

        (await server.AskAsync("cancel", id)).ShouldExit(1).Error.ShouldContain("has ended");
    }

    [Fact]
    public async Task Settings_are_set_listed_taken_back_and_unset()
    {
        const string Setting = "recovery.retries_max";
        (await server.AskAsync("config", "set", Setting, "7", "--note", "a test"))
            .ShouldExit(0)
            .Error.ShouldContain($"{Setting} is 7 now.");
        (await server.AskAsync("config", "list", "recovery"))
            .ShouldExit(0)
            .Error.ShouldMatch(@"recovery\.retries_max +7 +override +key:bootstrap");

        var history = (await server.AskAsync("config", "history", "--key", Setting, "--json")).ShouldExit(0).Json;
        var change = history.GetProperty("result").GetProperty("items")[0];
        change.GetProperty("new_value").GetInt64().ShouldBe(7);
        change.GetProperty("note").GetString().ShouldBe("a test");
        (await server.AskAsync("config", "history", "--key", Setting))
            .ShouldExit(0)
            .Error.ShouldMatch(@"recovery\.retries_max +3 +7 +key:bootstrap");

        (await server.AskAsync("config", "revert", change.GetProperty("id").GetRawText())).ShouldExit(0);
        (await server.AskAsync("config", "list", Setting)).Error.ShouldMatch(@"recovery\.retries_max +3");

        (await server.AskAsync("config", "set", Setting, "9")).ShouldExit(0);
        (await server.AskAsync("config", "unset", Setting)).ShouldExit(0).Error.ShouldContain($"{Setting} is 3 again.");
        (await server.AskAsync("config", "set", Setting, "many")).ShouldExit(2);
        (await server.AskAsync("config", "revert", "4711")).ShouldExit(2);
    }

    [Fact]
    public async Task An_interval_is_set_as_the_help_shows()
    {
        var help = (await server.AskAsync("config", "set", "--help")).ShouldExit(0).Output;
        help.ShouldContain("trueup config set intervals.sellers 15\n");

        (await server.AskAsync("config", "set", "intervals.nobody", "15"))
            .ShouldExit(0)
            .Error.ShouldContain("intervals.nobody is 15 now.");
        (await server.AskAsync("config", "unset", "intervals.nobody"))
            .ShouldExit(0)
            .Error.ShouldContain("intervals.nobody is not set now.");
    }

    [Fact]
    public async Task A_key_is_made_listed_replaced_and_revoked()
    {
        var made = await MakeKeyAsync("viewer", "reader");
        var first = made.GetProperty("key").GetString()!;
        var id = made.GetProperty("details").GetProperty("id").GetString()!;
        (await server.AskAsync("key", "list")).ShouldExit(0).Error.ShouldMatch($"{id} +reader +viewer +active");

        var replaced = (await server.AskAsync("key", "rotate", id, "--grace-minutes", "30", "--json"))
            .ShouldExit(0)
            .Json.GetProperty("result");
        var second = replaced.GetProperty("key").GetString()!;
        second.ShouldNotBe(first);
        (await server.AskAsync("key", "list")).ShouldExit(0).Error.ShouldMatch($"{id} +reader +viewer +replaced");
        (await server.AskAsAsync(first, "runs")).ShouldExit(0);

        (await server.AskAsync("key", "revoke", id)).ShouldExit(0).Error.ShouldContain("is refused from now on.");
        (await server.AskAsync("key", "list")).ShouldExit(0).Error.ShouldMatch($"{id} +reader +viewer +revoked");
        (await server.AskAsAsync(first, "runs")).ShouldExit(3);
        (await server.AskAsAsync(second, "runs")).ShouldExit(0);
        (await server.AskAsync("key", "revoke", "nothing")).ShouldExit(2);
    }

    [Fact]
    public async Task A_viewer_reads_without_keys_of_records_and_changes_nothing()
    {
        var viewer = (await MakeKeyAsync("viewer", "looker")).GetProperty("key").GetString()!;

        var errors = (await server.AskAsAsync(viewer, "errors", "--type", "network", "--json")).ShouldExit(0).Json;

        errors.GetProperty("result").GetProperty("errors")[0].GetProperty("key").ValueKind.ShouldBe(JsonValueKind.Null);
        (await server.AskAsAsync(viewer, "errors", "--key", RemoteServer.Key)).ShouldExit(3);
        (await server.AskAsAsync(viewer, "pause", "sellers")).ShouldExit(3);
    }

    private async Task<JsonElement> MakeKeyAsync(string role, string name) =>
        (await server.AskAsync("key", "create", "--role", role, "--name", name, "--json"))
            .ShouldExit(0)
            .Json.GetProperty("result");

    /// <summary>A job that is not due for an hour.</summary>
    private async Task<string> EnqueueAsync(string pipeline)
    {
        await using var home = TrueUpHome.Open(server.Home, TimeProvider.System);
        var request = new JobRequest
        {
            Pipeline = pipeline,
            Trigger = TriggerSource.Scheduled,
            Delay = TimeSpan.FromHours(1),
        };
        var enqueued = await home.Queue.EnqueueAsync(request, TestContext.Current.CancellationToken);
        return enqueued.Job.ShouldNotBeNull().Id;
    }
}
