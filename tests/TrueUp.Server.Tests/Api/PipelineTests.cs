using System.Net;
using TrueUp.Runs;
using TrueUp.Server.Security;

namespace TrueUp.Server.Tests.Api;

public sealed class PipelineTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task The_list_is_searched_filtered_ordered_and_paged_by_the_server()
    {
        for (var i = 0; i < 5; i++)
        {
            server.AddPipeline($"list{i}");
        }
        server.AddPipeline("list-bad", broken: true);
        await server.RunAsync("list3");
        await server.RunAsync("list4", RunStatus.Failed);

        (await NamesAsync("search=LIST&state=FAILED")).ShouldBe(["list4"]);
        (await NamesAsync("search=list&order=STATE&limit=2")).ShouldBe(["list-bad", "list4"]);
        (await NamesAsync("search=list&limit=2&after=2")).ShouldBe(["list1", "list2"]);
        (await NamesAsync("search=list", "list1")).ShouldBe(["list1"]);
        var first = await server.GetAsync("/api/v1/pipelines?search=list&limit=2");
        first["next"]!.ToString().ShouldBe("2");
        var last = await server.GetAsync("/api/v1/pipelines?search=list&limit=2&after=4");
        last["next"].ShouldBeNull();
    }

    [Fact]
    public async Task A_pipeline_that_failed_and_whose_file_is_gone_ails_nobody_after_a_day()
    {
        const string Overview = "/api/v1/sync-monitoring/health-overview";
        for (var i = 0; i < 3; i++)
        {
            await server.RunAsync("deleted", RunStatus.Failed);
        }
        (await server.GetAsync(Overview))["sync_entities"]!["deleted"]!["status"]!.ToString().ShouldBe("CRITICAL");

        server.Clock.Advance(TimeSpan.FromHours(25));

        (await server.GetAsync(Overview))["sync_entities"]!.AsObject().ShouldNotContain(e => e.Key == "deleted");
        server.AddPipeline("deleted");
        (await server.GetAsync(Overview))["sync_entities"]!["deleted"]!["status"]!.ToString().ShouldBe("CRITICAL");
    }

    [Fact]
    public async Task A_pause_says_who_and_why_until_it_is_resumed()
    {
        server.AddPipeline("paused1");
        var paused = await server.PostAsync("/api/v1/pipelines/paused1/pause", new { note = "holiday" });
        paused.Body!["paused"]!["by"]!.ToString().ShouldBe("key:admin");
        paused.Body["paused"]!["note"]!.ToString().ShouldBe("holiday");
        paused.Body["state"]!.ToString().ShouldBe("PAUSED");
        var resumed = await server.PostAsync("/api/v1/pipelines/paused1/resume", null);
        resumed.Body!["paused"].ShouldBeNull();
        (await server.PostAsync("/api/v1/pipelines/none/pause", new { })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Each_of_several_pipelines_is_done_or_not_by_itself()
    {
        server.AddPipeline("bulk1");
        server.AddPipeline("bulk2", broken: true);
        var (status, body, _) = await server.PostAsync(
            "/api/v1/pipelines/bulk",
            new
            {
                action = "TRIGGER",
                names = new[] { "bulk1", "bulk2", "bulk3" },
                reason = "all",
            }
        );
        status.ShouldBe(200);
        body!["items"]!
            .AsArray()
            .Select(item => (item!["ok"]!.GetValue<bool>(), item["code"]?.ToString()))
            .ShouldBe([(true, null), (false, "pipeline_broken"), (false, "not_found")]);
        (
            await server.PostAsync("/api/v1/pipelines/bulk", new { action = "PAUSE", names = new string?[] { null } })
        ).Status.ShouldBeOneOf(200, 400);
    }

    [Fact]
    public async Task A_timeline_shows_each_thing_once_however_it_is_paged()
    {
        server.AddPipeline("timed");
        for (var i = 0; i < 4; i++)
        {
            await server.RunAsync("timed", seconds: i % 2);
        }
        await server.PostAsync("/api/v1/pipelines/timed/trigger", new { reason = "again" });
        await server.PostAsync("/api/v1/pipelines/timed/pause", new { note = "stop" });
        var all = (await server.GetAsync("/api/v1/pipelines/timed/timeline"))["items"]!.AsArray();
        all.Count.ShouldBe(6);
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await server.GetAsync(
                "/api/v1/pipelines/timed/timeline?limit=1" + (next is null ? "" : $"&after={next}")
            );
            seen.AddRange(page["items"]!.AsArray().Select(entry => entry!.ToJsonString()));
            next = page["next"]?.ToString();
        } while (next is not null && seen.Count < 20);
        seen.ShouldBe(all.Select(entry => entry!.ToJsonString()));
    }

    [Fact]
    public async Task P16_a_run_says_how_many_records_were_new_updated_deleted_skipped_and_failed()
    {
        var id = await server.RunAsync("summed", source: 10, skipped: 3);
        var run = await server.GetAsync($"/api/v1/runs/{id}", server.As(Roles.Viewer));
        var summary = run["run"]!["summary"]!;
        (
            summary["new"]!.GetValue<int>(),
            summary["updated"]!.GetValue<int>(),
            summary["deleted"]!.GetValue<int>(),
            summary["skipped"]!.GetValue<int>(),
            summary["failed"]!.GetValue<int>()
        ).ShouldBe((7, 0, 0, 3, 0));
        (await server.GetAsync($"/api/v1/runs/{id}/units"))["items"]!.AsArray().Count.ShouldBe(1);
        (await server.GetAsync($"/api/v1/runs/{id}/gaps"))["items"]!.AsArray().ShouldBeEmpty();
        (await server.GetAsync($"/api/v1/runs/{id}/records"))["items"]!.AsArray().ShouldBeEmpty();
        (await server.GetAsync($"/api/v1/runs/{id}/errors"))["items"]!.AsArray().ShouldBeEmpty();
        using var receipt = await server.Client.GetAsync(
            $"/api/v1/runs/{id}/receipt",
            TestContext.Current.CancellationToken
        );
        receipt.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string[]> NamesAsync(string query, params string[] scope) =>
        [
            .. (await server.GetAsync("/api/v1/pipelines?" + query, server.As(Roles.Viewer, scope)))["items"]!
                .AsArray()
                .Select(pipeline => pipeline!["name"]!.ToString()),
        ];
}
