using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Pipelines;
using TrueUp.Server.Health;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Queue;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;

namespace TrueUp.Server.Tests.Health;

public sealed class HealthEndpointTests
{
    [Fact]
    public async Task Anybody_learns_how_well_a_server_is_and_a_viewer_why()
    {
        await using var server = await StartedAsync();

        var (status, body) = await GetAsync(server.Anonymous, "/health");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        body.GetProperty("status").GetString().ShouldBe("healthy", body.ToString());
        body.GetProperty("timestamp").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        var checks = body.GetProperty("checks");
        checks.EnumerateObject().Select(c => c.Name).ShouldBe(["control_database", "disk", "queue", "scheduler"]);
        foreach (var check in checks.EnumerateObject())
        {
            check.Value.GetProperty("status").GetString().ShouldBe("healthy");
            check.Value.GetProperty("message").GetString().ShouldBe("healthy");
            check.Value.GetProperty("response_time_ms").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        }

        (_, body) = await GetAsync(server.Viewer, "/health");
        body.GetProperty("checks")
            .GetProperty("control_database")
            .GetProperty("message")
            .GetString()
            .ShouldBe("It answers.");
    }

    [Fact]
    public async Task Details_are_for_viewers()
    {
        await using var server = await StartedAsync();
        server.AddCsv("sellers");

        (await GetAsync(server.Anonymous, "/health/detailed")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var (status, body) = await GetAsync(server.Viewer, "/health/detailed");

        status.ShouldBe(HttpStatusCode.OK);
        var details = body.GetProperty("details");
        details.GetProperty("version").GetString().ShouldBe("1.2.3");
        details.GetProperty("uptime_seconds").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        details.GetProperty("memory").GetProperty("process_bytes").GetInt64().ShouldBeGreaterThan(1 << 20);
        details.GetProperty("disk").GetProperty("free_bytes").GetInt64().ShouldBeGreaterThan(0);
        details.GetProperty("pools").GetProperty("running_max").GetInt32().ShouldBe(4);
        details.GetProperty("queue").GetProperty("emergency").GetInt64().ShouldBe(0);
        details.GetProperty("nodes")[0].GetProperty("name").GetString().ShouldBe("here");
        var pipeline = details.GetProperty("pipelines")[0];
        pipeline.GetProperty("name").GetString().ShouldBe("sellers");
        pipeline.GetProperty("error_rate").GetDouble().ShouldBe(0);
    }

    [Fact]
    public async Task A_connection_that_pipelines_use_is_checked_once_however_many_use_it()
    {
        await using var server = await WatchServer.StartAsync();
        server.Slow.Ping = _ =>
            throw new SideException(ErrorType.Network, "no route to host db, Password=s3cret", "Look.");
        foreach (var name in (string[])["a", "b", "c"])
        {
            var side = new SideDefinition("slow").With("connection", "Host=db").With("table", name);
            server.Add(
                new PipelineDefinition
                {
                    Name = name,
                    Source = side,
                    Target = side,
                    Key = ["id"],
                }
            );
        }

        var (status, body) = await GetAsync(server.Viewer, "/health");

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("status").GetString().ShouldBe("degraded");
        var check = body.GetProperty("checks").GetProperty("slow_connection");
        check.GetProperty("status").GetString().ShouldBe("unhealthy");
        check
            .GetProperty("message")
            .GetString()
            .ShouldBe("1 of 1 cannot be reached: no route to host db, Password=***");
        server.Slow.Pings.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_is_live_while_its_dispatcher_goes_round()
    {
        var clock = new ManualClock();
        await using var server = await WatchServer.StartAsync(clock, change: WithoutDispatcher);
        (await GetAsync(server.Anonymous, "/health/live")).Status.ShouldBe(HttpStatusCode.OK);

        clock.Advance(Liveness.TurnMax + TimeSpan.FromSeconds(1));
        var (status, body) = await GetAsync(server.Anonymous, "/health/live");
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.GetProperty("reasons")[0].GetString().ShouldBe("dispatcher");
        (await GetAsync(server.Anonymous, "/health")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        server.Services.GetRequiredService<DispatcherState>().Ticked(clock.GetTimestamp(), 0, null);
        (await GetAsync(server.Anonymous, "/health/live")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_server_that_is_drained_is_not_ready_but_live()
    {
        await using var server = await WatchServer.StartAsync(change: WithoutDispatcher);
        (await GetAsync(server.Anonymous, "/health/ready")).Status.ShouldBe(HttpStatusCode.OK);

        server.Services.GetRequiredService<DispatcherState>().IsDraining = true;

        await NotReadyAsync(server, "draining");
        (await GetAsync(server.Anonymous, "/health/live")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stale_proof_makes_a_server_not_ready_where_that_is_configured()
    {
        var clock = new ManualClock();
        await using var server = await WatchServer.StartAsync(clock, change: WithoutDispatcher);
        var pipeline = server.Add(
            server.AddCsv("quick") with
            {
                Schedule = new ScheduleDefinition { Every = TimeSpan.FromMinutes(5) },
            }
        );
        server.Add(server.AddCsv("daily") with { Schedule = new ScheduleDefinition { Cron = "0 0 * * *" } });
        server.AddCsv("by hand");
        clock.Advance(TimeSpan.FromHours(2));
        (await GetAsync(server.Anonymous, "/health/ready")).Status.ShouldBe(HttpStatusCode.OK);

        Configure(server, health => health with { ProofAge = TimeSpan.FromHours(1) });
        await NotReadyAsync(server, "stale_proof");

        // The others are not: they run once a day, or when somebody wants it.
        var catalog = server.Services.GetRequiredService<PipelineCatalog>();
        catalog.Set(catalog.Current.Remove(pipeline.Name));
        (await GetAsync(server.Anonymous, "/health/ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_paused_pipeline_is_never_stale()
    {
        var clock = new ManualClock();
        await using var server = await WatchServer.StartAsync(clock, change: WithoutDispatcher);
        server.Add(
            server.AddCsv("quick") with
            {
                Schedule = new ScheduleDefinition { Every = TimeSpan.FromMinutes(5) },
            }
        );
        Configure(server, health => health with { ProofAge = TimeSpan.FromHours(1) });
        clock.Advance(TimeSpan.FromHours(2));
        await NotReadyAsync(server, "stale_proof");

        await server.Home.Pipelines.PauseAsync("quick", "me", "holidays", TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(10));

        (await GetAsync(server.Anonymous, "/health/ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stalled_feed_makes_a_server_not_ready_where_that_is_configured()
    {
        var clock = new ManualClock();
        await using var server = await WatchServer.StartAsync(clock, change: WithoutDispatcher);
        server.Services.GetRequiredService<FeedBoard>().Moved("orders");
        clock.Advance(TimeSpan.FromMinutes(2));
        (await GetAsync(server.Anonymous, "/health/ready")).Status.ShouldBe(HttpStatusCode.OK);

        Configure(server, health => health with { FeedStall = TimeSpan.FromMinutes(1) });

        await NotReadyAsync(server, "stalled_feed");
    }

    [Fact]
    public async Task Without_its_control_database_a_server_is_not_ready_and_still_live()
    {
        var clock = new ManualClock();
        await using var server = await WatchServer.StartAsync(clock, change: WithoutDispatcher);
        var database = Path.Combine(server.Home.Folder, "trueup.db");
        // A folder where the file was: nothing that opens it anew gets anywhere.
        foreach (var file in Directory.EnumerateFiles(server.Home.Folder, "trueup.db*"))
        {
            File.Move(file, file + ".away");
        }
        Directory.CreateDirectory(database);
        clock.Advance(TimeSpan.FromSeconds(10));

        await NotReadyAsync(server, "control_database");
        var (status, body) = await GetAsync(server.Anonymous, "/health");
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.GetProperty("status").GetString().ShouldBe("unhealthy");
        (await GetAsync(server.Anonymous, "/health/live")).Status.ShouldBe(HttpStatusCode.OK);
        var metrics = await server.Viewer.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        metrics.ShouldContain("trueup_control_database_up 0\n");
        metrics.ShouldNotContain("sync_queue_length{");
        Directory.Delete(database);
    }

    /// <summary>A server whose dispatcher has looked at the queue and told of itself.</summary>
    private static async Task<WatchServer> StartedAsync()
    {
        var server = await WatchServer.StartAsync();
        while ((await server.Home.Nodes.ListAsync(TestContext.Current.CancellationToken)).Count == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        return server;
    }

    private static void WithoutDispatcher(IServiceCollection services) =>
        services.Remove(services.Single(service => service.ImplementationType == typeof(Dispatcher)));

    private static void Configure(
        WatchServer server,
        Func<TrueUp.Server.Settings.HealthSettings, TrueUp.Server.Settings.HealthSettings> change
    ) => server.Settings.Set(server.Settings.Current with { Health = change(server.Settings.Current.Health) });

    private static async Task NotReadyAsync(WatchServer server, string reason)
    {
        var (status, body) = await GetAsync(server.Anonymous, "/health/ready");
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.GetProperty("status").GetString().ShouldBe("not_ready");
        body.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()).ShouldBe([reason]);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
