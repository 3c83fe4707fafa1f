using Npgsql;
using TrueUp.Runs;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Jobs;
using TrueUp.Testing.Postgres;

namespace TrueUp.Server.Tests.Queue;

/// <summary>A control database that crashes while a run is in progress and another is due.</summary>
public sealed class ScheduleOutageTests : IAsyncLifetime
{
    // Slow enough for the database, whose leases go by its own clock.
    private static readonly TimeSpan Slowly = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly PostgresCluster _cluster = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_run_in_progress_is_made_again_and_a_firing_is_made_up_for_when_the_database_is_back()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var memory = await StartAsync();
        await memory.UntilAsync(async () => await DueAsync(memory) is [{ State: JobState.Completed }], Slowly);
        memory.Store.SourceFaults.Step = async (_, token) =>
        {
            if (begun.TrySetResult())
            {
                await using var end = token.Register(stopped.SetResult);
                await Task.Delay(Timeout.Infinite, token);
            }
        };
        var held = await memory.EnqueueAsync("held");
        await memory.UntilAsync(() => Task.FromResult(begun.Task.IsCompleted), Slowly);

        await _cluster.StopAsync(crash: true);
        memory.Clock.Set(Hour);
        await memory.UntilAsync(() => Task.FromResult(stopped.Task.IsCompleted), Slowly);
        await _cluster.RestartAsync();
        await memory.UntilAsync(() => IsReadyAsync(memory), Slowly);

        await memory.UntilAsync(async () => (await memory.JobAsync(held)).FinishedAt is not null, Slowly);
        var again = await memory.JobAsync(held);
        (again.State, again.Attempt).ShouldBe((JobState.Completed, 2));
        memory.Store.Tables["held_copy"].Lines().ShouldBe(memory.Store.Tables["held"].Lines());
        await memory.UntilAsync(async () => (await DueAsync(memory)).Count > 1, TimeSpan.FromSeconds(1));
        await memory.UntilAsync(async () => (await DueAsync(memory))[0].FinishedAt is not null, Slowly);
        (await DueAsync(memory)).ShouldAllBe(job =>
            job.Trigger == TriggerSource.Scheduled && job.State == JobState.Completed
        );
        // Once, and the next time is to come.
        (await DueAsync(memory)).Count.ShouldBe(2);
        (await memory.NextAsync("due"))[0].ShouldBeGreaterThan(memory.Clock.GetUtcNow());
    }

    /// <summary>A server with a pipeline that is due at once and each hour, and one without a schedule.</summary>
    private async Task<MemoryServer> StartAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await _cluster.GetConnectionStringAsync())
        {
            Timeout = 3,
            CommandTimeout = 3,
        };
        return await MemoryServer.StartAsync(
            pipelines: ["held", "due"],
            settings: "cluster: {lease: 3s, grace: 1s}",
            database: connection.ConnectionString,
            files: new Dictionary<string, string> { ["due.yaml"] = MemoryServer.Yaml("due", "schedule: {every: 1h}\n") }
        );
    }

    private static Task<IReadOnlyList<Job>> DueAsync(MemoryServer memory) => memory.JobsAsync("due");

    private static async Task<bool> IsReadyAsync(MemoryServer memory)
    {
        using var answer = await memory.Server.Anonymous.GetAsync("/health/ready", memory.Cancel);
        return answer.IsSuccessStatusCode;
    }
}
