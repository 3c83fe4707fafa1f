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
    public async Task What_a_server_says_stands_in_its_log_line_by_line()
    {
        await using var server = await ServerFixture.StartAsync();

        var log = Directory.GetFiles(server.Home.Logs, "server*.log").ShouldHaveSingleItem();
        var lines = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);

        lines.ShouldNotBeEmpty();
        foreach (var line in lines)
        {
            JsonDocument.Parse(line).RootElement.GetProperty("level").GetString().ShouldNotBeNullOrEmpty();
        }
    }
}
