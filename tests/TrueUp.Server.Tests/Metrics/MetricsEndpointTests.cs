using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Pipelines;
using TrueUp.Server.Metrics;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Metrics;

public sealed partial class MetricsEndpointTests
{
    [Fact]
    public async Task Promtool_accepts_the_metrics_of_a_server_that_works()
    {
        await using var server = await WatchServer.StartAsync();
        await server.RunAsync("sellers");
        var text = await server.Viewer.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        text.ShouldContain(
            "sync_records_processed_total{pipeline=\"sellers\",table=\"people\",operation=\"insert\"} 2"
        );
        text.ShouldContain("sync_job_wait_seconds_count{priority=\"high\"} 1");

        var said = await PromtoolAsync(["check", "metrics"], text);

        // These two are called as node_exporter calls them, whose names the tool dislikes.
        var complaints = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        complaints.ShouldAllBe(line => line.StartsWith("node_memory_Mem") && line.Contains("camelCase"));
        complaints.Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_document_lists_exactly_the_metrics_there_are()
    {
        await using var server = await WatchServer.StartAsync();
        var text = await server.Viewer.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var given = Declaration().Matches(text).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}").Order();

        var document = await File.ReadAllTextAsync(
            RepositoryRoot.Combine("docs", "monitoring.md"),
            TestContext.Current.CancellationToken
        );
        var listed = Row().Matches(document).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}").Order();

        given.ShouldBe(listed);
    }

    [Fact]
    public async Task Metrics_come_in_the_text_format_and_only_to_viewers()
    {
        await using var server = await WatchServer.StartAsync();

        using var answer = await server.Viewer.GetAsync("/metrics", TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");

        using var refused = await server.Anonymous.GetAsync("/metrics", TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Requests_are_measured_by_the_template_of_their_route()
    {
        await using var server = await WatchServer.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var missing = await server.Anonymous.GetAsync($"/no/{i}", TestContext.Current.CancellationToken);
        }
        using var odd = new HttpRequestMessage(new HttpMethod("BREW"), "/health/live");
        using var refused = await server.Anonymous.SendAsync(odd, TestContext.Current.CancellationToken);
        await server.Anonymous.GetStringAsync("/health/live", TestContext.Current.CancellationToken);

        var text = await server.Viewer.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        text.ShouldContain("http_request_duration_seconds_count{method=\"GET\",route=\"unmatched\",status=\"404\"} 20");
        text.ShouldContain(
            "http_request_duration_seconds_count{method=\"GET\",route=\"/health/live\",status=\"200\"} 1"
        );
        text.ShouldContain("method=\"other\"");
        text.ShouldNotContain("BREW");
    }

    [Fact]
    public async Task The_age_of_proofs_and_the_lag_behind_the_schedule_are_given()
    {
        var clock = new ManualClock();
        await using var server = await WatchServer.StartAsync(clock);
        server.AddCsv("hourly");
        server.Add(
            server.AddCsv("daily") with
            {
                Schedule = new ScheduleDefinition { Cron = "0 0 * * *", Zone = "UTC" },
            }
        );
        server.Add(
            server.AddCsv("quick") with
            {
                Schedule = new ScheduleDefinition { Every = TimeSpan.FromMinutes(5) },
            }
        );
        clock.Advance(TimeSpan.FromHours(2));

        var text = await server.Viewer.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        text.ShouldContain("sync_proof_age_seconds{pipeline=\"quick\"} 7200\n");
        text.ShouldContain("sync_proof_age_seconds{pipeline=\"hourly\"} 7200\n");
        text.ShouldContain("sync_lag_seconds{pipeline=\"quick\",table=\"people\"} 6900\n");
        text.ShouldContain("sync_lag_seconds{pipeline=\"daily\",table=\"people\"} 0\n");
        text.ShouldNotContain("sync_lag_seconds{pipeline=\"hourly\"");
        text.ShouldContain("sync_queue_length{priority=\"normal\"} ");
        text.ShouldContain("trueup_control_database_up 1\n");
    }

    [Fact]
    public async Task Rules_and_scrape_configuration_that_are_shipped_are_accepted()
    {
        var rules = RepositoryRoot.Combine("ops", "prometheus", "trueup.rules.yml");
        (await PromtoolAsync(["check", "rules", rules], "")).ShouldContain("SUCCESS");
        var known = await File.ReadAllTextAsync(
            RepositoryRoot.Combine("docs", "monitoring.md"),
            TestContext.Current.CancellationToken
        );
        var used = MetricName().Matches(await File.ReadAllTextAsync(rules, TestContext.Current.CancellationToken));
        used.Select(m => m.Value.Replace("_bucket", "")).Distinct().ShouldAllBe(name => known.Contains($"`{name}`"));

        await PromtoolAsync(
            ["check", "config", "--syntax-only", RepositoryRoot.Combine("ops", "prometheus", "prometheus.yml")],
            ""
        );
    }

    /// <summary>Runs promtool, which must not find an error; what it says is returned.</summary>
    private static async Task<string> PromtoolAsync(string[] arguments, string input)
    {
        using var promtool = Process.Start(
            new ProcessStartInfo("promtool", arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        await promtool.StandardInput.WriteAsync(input);
        promtool.StandardInput.Close();
        var output = promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        // 3 is for what it would rather have otherwise; 1 and 2 are errors.
        promtool.ExitCode.ShouldBeOneOf([0, 3], error);
        return await output + error;
    }

    [GeneratedRegex(@"^# TYPE (\S+) (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\| `(\w+)` \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(sync|node|process|http|trueup)_\w+")]
    private static partial Regex MetricName();
}
