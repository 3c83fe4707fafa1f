using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Server.Tests.Api;

public sealed partial class MonitoringGoldenTests(ApiServer server) : IClassFixture<ApiServer>, IAsyncLifetime
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public async ValueTask InitializeAsync()
    {
        if (server.Catalog.Current.ContainsKey("sellers"))
        {
            return;
        }
        var token = TestContext.Current.CancellationToken;
        server.AddPipeline("sellers", schedule: new() { Every = TimeSpan.FromMinutes(15) });
        server.AddPipeline("tournaments", schedule: new() { Cron = "0 0 * * *" });
        server.Fires["sellers"] = [new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.Zero)];
        await server.RunAsync("sellers", source: 1000, skipped: 4, seconds: 20);
        server.Clock.Advance(TimeSpan.FromMinutes(30));
        await server.RunAsync("sellers", source: 1000, seconds: 10);
        await server.RunAsync(
            "tournaments",
            RunStatus.Failed,
            seconds: 5,
            source: 0,
            gaps: 2,
            during: async run =>
                await run.ErrorAsync(
                    new AuditError("", ErrorType.Network, Severity.Critical, "No answer.", "Wait."),
                    token
                )
        );
        server.Clock.Set(new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.Zero));
        await server.Home.Pipelines.PauseAsync("tournaments", "ada", "the season is over", token);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("health-overview", "/sync-monitoring/health-overview")]
    [InlineData("performance-history", "/sync-monitoring/performance-history?period=1h&entity=sellers")]
    [InlineData("dashboard", "/sync-monitoring/dashboard?entity=sellers")]
    [InlineData("dashboard-all", "/sync-monitoring/dashboard")]
    [InlineData("metrics", "/sync-monitoring/metrics")]
    [InlineData("pipelines", "/pipelines")]
    [InlineData("pipeline", "/pipelines/sellers")]
    [InlineData("timeline", "/pipelines/tournaments/timeline")]
    [InlineData("runs", "/runs")]
    [InlineData("units", "/units?pipeline=sellers")]
    public async Task The_answer_is_as_recorded(string name, string path)
    {
        var body = await server.GetAsync("/api/v1" + path);
        var text = JsonNode.Parse(body.ToJsonString())!.ToJsonString(Readable);
        // Runs have new identifiers each time, and processes use as much memory as they do.
        text = Id().Replace(text, "RUN");
        text = Memory().Replace(text, "$1 0");
        ApiGolden.ShouldBeAsIn(text, "tests", "TrueUp.Server.Tests", "Api", "Golden", name + ".json");
    }

    [GeneratedRegex("\\b01[0-9A-Z]{24}\\b", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("(memory_usage(_mb)?\":) [0-9.]+", RegexOptions.None, 1000)]
    private static partial Regex Memory();
}
