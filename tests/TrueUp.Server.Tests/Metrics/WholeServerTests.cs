using System.Net;
using System.Text.Json;
using TrueUp.Server.Tests.Testing;

namespace TrueUp.Server.Tests.Metrics;

/// <summary>That a server is put together so that it can be watched.</summary>
public sealed class WholeServerTests
{
    [Fact]
    public async Task A_server_gives_health_to_everybody_and_metrics_to_those_who_may()
    {
        await using var server = await ServerFixture.StartAsync();

        foreach (var path in (string[])["/health", "/health/live", "/health/ready"])
        {
            using var answer = await server.Anonymous.GetAsync(path, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
        foreach (var path in (string[])["/health/detailed", "/no/such/place"])
        {
            using var refused = await server.Anonymous.GetAsync(path, TestContext.Current.CancellationToken);
            refused.IsSuccessStatusCode.ShouldBeFalse(path);
        }

        var text = await server.Viewer.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        text.ShouldContain(
            "http_request_duration_seconds_count{method=\"GET\",route=\"/health/live\",status=\"200\"} 1"
        );
        text.ShouldContain(
            "http_request_duration_seconds_count{method=\"GET\",route=\"/health/detailed\",status=\"401\"} 1"
        );
        text.ShouldContain("route=\"unmatched\"");
    }

    [Fact]
    public async Task What_is_logged_while_a_job_runs_says_which_run_and_pipeline_it_is_about()
    {
        await using var server = await WatchServer.StartAsync();
        await server.RunAsync("sellers");

        var log = Directory.GetFiles(server.Home.Logs, "server-here.log").ShouldHaveSingleItem();
        var lines = (await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();

        var ended = lines.Single(line => line.TryGetProperty("event_id", out var id) && id.GetInt32() == 1001);
        ended.GetProperty("level").GetString().ShouldBe("INFO");
        ended.GetProperty("pipeline").GetString().ShouldBe("sellers");
        ended.GetProperty("run_id").GetString()!.Length.ShouldBe(26);
        ended.GetProperty("context").GetProperty("job_id").GetString()!.Length.ShouldBe(26);
    }
}
