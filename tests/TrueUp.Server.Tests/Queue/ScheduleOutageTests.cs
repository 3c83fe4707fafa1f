using Npgsql;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Store.Jobs;
using TrueUp.Testing.Memory;
using TrueUp.Testing.Postgres;

namespace TrueUp.Server.Tests.Queue;

/// <summary>A control database that crashes while a run is in progress and another is due.</summary>
public sealed class ScheduleOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly PostgresCluster _cluster = new();
    private readonly MemoryStore _store = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_run_in_progress_is_made_again_and_a_firing_is_made_up_for_when_the_database_is_back()
    {
        await using var server = await StartAsync();
        await server.Home.Queue.EnqueueAsync(
            new JobRequest { Pipeline = "held", Trigger = TriggerSource.Manual },
            TestContext.Current.CancellationToken
        );
        await _begun.Task.WaitAsync(Limit);
        var before = (await JobsAsync(server, "due")).Count;

        await _cluster.StopAsync(crash: true);
        server.Clock.Set(server.Clock.Now + TimeSpan.FromSeconds(70));
        await _stopped.Task.WaitAsync(Limit);
        await _cluster.RestartAsync();
        await UntilAsync(async () =>
        {
            using var ready = await server.Anonymous.GetAsync("/health/ready");
            return ready.IsSuccessStatusCode;
        });

        await UntilAsync(async () => await server.Home.Queue.OpenAsync("held", default) is null);
        var held = (await JobsAsync(server, "held")).ShouldHaveSingleItem();
        (held.State, held.Attempt).ShouldBe((JobState.Completed, 2));
        await UntilAsync(async () => (await JobsAsync(server, "due")).Count > before);
        await UntilAsync(async () => await server.Home.Queue.OpenAsync("due", default) is null);
        var due = await JobsAsync(server, "due");
        due.Count.ShouldBe(before + 1);
        (due[0].Trigger, due[0].State).ShouldBe((TriggerSource.Scheduled, JobState.Completed));
        _store.Tables.Keys.ShouldBe(["due", "due_copy", "held", "held_copy"], ignoreOrder: true);
    }

    private async Task<ServerFixture> StartAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await _cluster.GetConnectionStringAsync())
        {
            Timeout = 3,
            CommandTimeout = 3,
        };
        foreach (var name in (string[])["held", "due"])
        {
            _store.Tables[name] = new MemoryTable([new Column("id", LogicalType.Text)], "id").Add("1");
        }
        var server = await ServerFixture.StartAsync(
            options =>
                options with
                {
                    ControlDatabase = connection.ConnectionString,
                    Connectors = new ConnectorRegistry([new MemoryConnector(_store)]),
                },
            settings: "cluster: {lease: 3s, grace: 1s}",
            files: new Dictionary<string, string>
            {
                ["held.yaml"] = MemoryServer.Yaml("held"),
                ["due.yaml"] = MemoryServer.Yaml("due", "schedule: {every: 1m}\n"),
            }
        );
        // The interval's first time is at once.
        await UntilAsync(async () => (await JobsAsync(server, "due")) is [{ State: JobState.Completed }]);
        _store.SourceFaults.Step = async (_, token) =>
        {
            if (_begun.TrySetResult())
            {
                await using var end = token.Register(() => _stopped.SetResult());
                await Task.Delay(Timeout.Infinite, token);
            }
        };
        return server;
    }

    private static async Task<IReadOnlyList<Job>> JobsAsync(ServerFixture server, string pipeline) =>
        (await server.Home.Queue.ListAsync(new JobQuery { Pipeline = pipeline }, default)).Items;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
