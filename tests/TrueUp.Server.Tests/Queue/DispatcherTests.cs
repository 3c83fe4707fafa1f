using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Server.Queue;
using TrueUp.Server.Settings;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Jobs;
using TrueUp.Testing;
using TrueUp.Testing.Memory;

namespace TrueUp.Server.Tests.Queue;

/// <summary>How the dispatcher goes round.</summary>
public sealed class DispatcherTests
{
    [Fact]
    public async Task A_place_that_becomes_free_is_given_away_without_waiting_for_the_next_tick()
    {
        // A dispatcher that only wakes by its clock would never end this.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var token = limit.Token;
        var clock = new ManualClock();
        await using var server = await WatchServer.StartAsync(clock);
        server.Settings.Set(server.Settings.Current with { Concurrency = new ConcurrencySettings { Server = 1 } });
        var jobs = new List<string>();
        foreach (var name in (string[])["first", "second", "third"])
        {
            server.AddCsv(name);
            var request = new JobRequest { Pipeline = name, Trigger = TriggerSource.Manual };
            jobs.Add((await server.Home.Queue.EnqueueAsync(request, token)).Job!.Id);
        }

        // The clock's timers fire once: there is no further tick.
        clock.Advance(Dispatcher.Pace);

        foreach (var id in jobs)
        {
            while ((await server.Home.Queue.FindAsync(id, token))!.State is JobState.Queued or JobState.Running)
            {
                await Task.Delay(20, token);
            }
            (await server.Home.Queue.FindAsync(id, token))!.State.ShouldBe(JobState.Completed);
        }
    }

    [Fact]
    public async Task A_server_that_is_stopped_lets_runs_end_and_puts_back_what_does_not()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var store = new MemoryStore();
        foreach (var name in (string[])["short", "long"])
        {
            store.Tables[name] = new MemoryTable([new Column("id", LogicalType.Text)], "id").Add("1");
        }
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goesOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = 0;
        // Two runs wait in the middle; one is let go when the server is being stopped, the other never.
        store.SourceFaults.Step = async (step, token) =>
        {
            if (step != "open")
            {
                return;
            }
            var which = Interlocked.Increment(ref open);
            if (which == 2)
            {
                begun.SetResult();
            }
            await (which == 1 ? goesOn.Task.WaitAsync(token) : Task.Delay(Timeout.Infinite, token));
        };
        var (first, second) = await StopAsync(store, begun.Task, goesOn, limit.Token);

        ((Job[])[first, second])
            .Select(job => job.State)
            .ShouldBe([JobState.Completed, JobState.Queued], ignoreOrder: true);
        first.Attempt.ShouldBe(1);
        second.Attempt.ShouldBe(1, "being stopped is no failure");
    }

    private static async Task<(Job First, Job Second)> StopAsync(
        MemoryStore store,
        Task begun,
        TaskCompletionSource goesOn,
        CancellationToken cancellationToken
    )
    {
        using var folder = new TemporaryFolder();
        var home = folder.File("home");
        await using (
            var server = await ServerFixture.StartAsync(
                options =>
                    options with
                    {
                        Home = home,
                        Clock = TimeProvider.System,
                        Connectors = new ConnectorRegistry([new MemoryConnector(store)]),
                    },
                settings: "cluster: {grace: 1s}",
                files: new Dictionary<string, string> { ["short.yaml"] = Yaml("short"), ["long.yaml"] = Yaml("long") }
            )
        )
        {
            await EnqueueAsync(server.Home, "short", cancellationToken);
            await EnqueueAsync(server.Home, "long", cancellationToken);
            await begun.WaitAsync(cancellationToken);
            server
                .Services.GetRequiredService<IHostApplicationLifetime>()
                .ApplicationStopping.Register(goesOn.SetResult);
        }
        await using var after = TrueUpHome.Open(home, TimeProvider.System);
        (await after.Nodes.ListAsync(cancellationToken)).Single().State.ShouldBe(NodeState.Stopped);
        var jobs = (await after.Queue.ListAsync(new JobQuery(), cancellationToken)).Items;
        return (jobs.Single(job => job.Pipeline == "short"), jobs.Single(job => job.Pipeline == "long"));
    }

    private static string Yaml(string name) =>
        $$"""
            name: {{name}}
            source: {type: memory, table: {{name}}}
            target: {type: memory, table: {{name}}_copy}
            key: id
            """;

    private static ValueTask<Enqueued> EnqueueAsync(
        TrueUpHome home,
        string name,
        CancellationToken cancellationToken
    ) =>
        home.Queue.EnqueueAsync(
            new JobRequest { Pipeline = name, Trigger = TriggerSource.Scheduled },
            cancellationToken
        );
}
