using System.Net;
using System.Net.Http.Json;
using Npgsql;
using TrueUp.Connectors.Files;
using TrueUp.Connectors.Sqlite;
using TrueUp.Rows;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Store.Jobs;
using TrueUp.Testing;
using TrueUp.Testing.Memory;
using TrueUp.Testing.Postgres;

namespace TrueUp.Server.Tests.Queue;

/// <summary>A control database that goes away while a server runs, and comes back.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly PostgresCluster _cluster = new();
    private readonly TemporaryFolder _folder = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_server_outlives_its_control_database_and_goes_on_when_it_is_back()
    {
        var connection = new NpgsqlConnectionStringBuilder(await _cluster.GetConnectionStringAsync())
        {
            Timeout = 3,
            CommandTimeout = 3,
        };
        _folder.Write("rows.csv", "id,name\n1,a\n2,b\n");
        await using var server = await ServerFixture.StartAsync(
            options =>
                options with
                {
                    ControlDatabase = connection.ConnectionString,
                    Connectors = new ConnectorRegistry([new CsvConnector(), new SqliteConnector()]),
                    Clock = TimeProvider.System,
                },
            files: new Dictionary<string, string>
            {
                ["rows.yaml"] = $$"""
                name: rows
                source: {type: csv, path: {{_folder.File("rows.csv")}}}
                target: {type: sqlite, path: {{_folder.File("rows.db")}}, table: rows}
                key: id
                """,
            }
        );
        var people = server.Operator;
        await UntilAsync(server, "/health/ready", HttpStatusCode.OK);
        await RunAsync(server, people);

        await _cluster.StopAsync(crash: true);
        await UntilAsync(server, "/health/ready", HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(server, "/health/live")).ShouldBe(HttpStatusCode.OK);
        using (var refused = await TriggerAsync(people))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }

        await _cluster.RestartAsync();
        await UntilAsync(server, "/health/ready", HttpStatusCode.OK);
        await RunAsync(server, people);
        (await server.Home.Queue.ListAsync(new JobQuery(), default)).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_whose_control_database_stands_still_is_stopped_by_its_lease_and_made_again()
    {
        // As if packets were dropped without a word: connections stay open, and nothing answers.
        var connection = new NpgsqlConnectionStringBuilder(await _cluster.GetConnectionStringAsync())
        {
            Timeout = 3,
            CommandTimeout = 3,
        };
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var store = new MemoryStore();
        store.Tables["rows"] = new MemoryTable([new Column("id", LogicalType.Text)], "id").Add("1");
        store.SourceFaults.Step = async (_, token) =>
        {
            if (begun.TrySetResult())
            {
                await using var end = token.Register(() => stopped.SetResult());
                await Task.Delay(Timeout.Infinite, token);
            }
        };
        await using var server = await ServerFixture.StartAsync(
            options =>
                options with
                {
                    ControlDatabase = connection.ConnectionString,
                    Connectors = new ConnectorRegistry([new MemoryConnector(store)]),
                    Clock = TimeProvider.System,
                },
            settings: "cluster: {lease: 3s, grace: 1s}",
            files: new Dictionary<string, string>
            {
                ["rows.yaml"] =
                    "name: rows\nsource: {type: memory, table: rows}\ntarget: {type: memory, table: copy}\nkey: id\n",
            }
        );
        await UntilAsync(server, "/health/ready", HttpStatusCode.OK);
        using var accepted = await TriggerAsync(server.Operator);
        await begun.Task.WaitAsync(Limit);

        await _cluster.PauseAsync();
        try
        {
            await stopped.Task.WaitAsync(Limit);
        }
        finally
        {
            await _cluster.ResumeAsync();
        }

        await UntilAsync(async () => await server.Home.Queue.OpenAsync("rows", default) is null);
        var job = (await server.Home.Queue.ListAsync(new JobQuery(), default)).Items.Single();
        job.State.ShouldBe(JobState.Completed);
        job.Attempt.ShouldBe(2);
        store.Tables["copy"].Rows.Count.ShouldBe(1);
    }

    private static Task<HttpResponseMessage> TriggerAsync(HttpClient client) =>
        client.PostAsJsonAsync("/api/v1/sync-admin/manual-trigger", new { entity_type = "rows" });

    private static async Task RunAsync(ServerFixture server, HttpClient client)
    {
        using var accepted = await TriggerAsync(client);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await UntilAsync(async () => await server.Home.Queue.OpenAsync("rows", default) is null);
        var newest = await server.Home.Queue.ListAsync(new JobQuery { Limit = 1 }, default);
        newest.Items[0].State.ShouldBe(JobState.Completed);
    }

    private static async Task<HttpStatusCode> StatusAsync(ServerFixture server, string path)
    {
        using var response = await server.Anonymous.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    private static Task UntilAsync(ServerFixture server, string path, HttpStatusCode status) =>
        UntilAsync(async () => await StatusAsync(server, path) == status);

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
