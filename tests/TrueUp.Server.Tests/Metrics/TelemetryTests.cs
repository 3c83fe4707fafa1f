using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrueUp.Runs;
using TrueUp.Server.Metrics;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;

namespace TrueUp.Server.Tests.Metrics;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_and_spans_are_sent_to_a_collector()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectorAsync(received);
        await using (var server = await WatchServer.StartAsync(otlp: collector.Urls.First()))
        {
            var engine = new SyncEngine(
                server.Services.GetRequiredService<ConnectorRegistry>(),
                server.Services.GetRequiredService<MeteredAudit>(),
                TimeProvider.System,
                Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance
            );
            var pipeline = server.AddCsv("sellers");
            await engine.RunAsync(pipeline, new RunOptions(), TestContext.Current.CancellationToken);
        }

        // What it sends is protobuf, in which texts stand as they are.
        received["/v1/metrics"].ShouldContain("sync_records_processed_total");
        received["/v1/metrics"].ShouldContain("trueup");
        received["/v1/traces"].ShouldContain("trueup.run_id");
        received["/v1/traces"].ShouldContain("trueup.table");
        received["/v1/traces"].ShouldContain("sellers");
    }

    [Fact]
    public async Task A_server_whose_collector_is_away_works_and_stops()
    {
        await using var server = await WatchServer.StartAsync(otlp: "http://127.0.0.1:9");

        (await server.Anonymous.GetStringAsync("/health/live", TestContext.Current.CancellationToken)).ShouldContain(
            "live"
        );
    }

    private static async Task<WebApplication> CollectorAsync(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost(
            "/v1/{kind}",
            async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body, Encoding.Latin1);
                var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
                received.AddOrUpdate(request.Path.Value!, body, (_, before) => before + body);
            }
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
