using System.Net;
using System.Text.Json;
using TrueUp.Server.Queue;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Tests.Queue;

/// <summary>Who goes first on a server that has no room.</summary>
public sealed class PriorityTests
{
    [Fact]
    public async Task A_place_that_becomes_free_goes_to_the_emergency_then_to_high_then_to_the_oldest()
    {
        using var gate = new SemaphoreSlim(0);
        await using var memory = await MemoryServer.StartAsync(
            // Each run waits in its middle until one may go on, whichever that is.
            step: async (step, token) => await (step == "open" ? gate.WaitAsync(token) : Task.CompletedTask),
            pipelines: ["holder1", "holder2", "normal1", "normal2", "high", "emergency"],
            settings: "concurrency: {server: 2}"
        );
        var jobs = new Dictionary<string, string>();
        foreach (var name in (string[])["holder1", "holder2"])
        {
            jobs[name] = await TriggerAsync(memory, name, "NORMAL");
            await memory.UntilAsync(async () => await StatusAsync(memory, jobs[name]) == "RUNNING", Dispatcher.Pace);
        }
        foreach (
            var (name, priority) in ((string, string)[])
                [("normal1", "NORMAL"), ("normal2", "NORMAL"), ("high", "HIGH"), ("emergency", "EMERGENCY")]
        )
        {
            jobs[name] = await TriggerAsync(memory, name, priority);
        }

        List<string> waiting = ["emergency", "high", "normal1", "normal2"];
        (await WaitingAsync(memory)).ShouldBe(waiting);
        while (waiting.Count > 0)
        {
            var next = waiting[0];
            waiting.RemoveAt(0);
            gate.Release();
            await memory.UntilAsync(async () => (await WaitingAsync(memory)).Count == waiting.Count, Dispatcher.Pace);
            (await WaitingAsync(memory)).ShouldBe(waiting);
            (await StatusAsync(memory, jobs[next])).ShouldBe("RUNNING");
        }

        gate.Release(2);
        foreach (var job in jobs.Values)
        {
            (await memory.EndAsync(job)).State.ShouldBe(JobState.Completed);
        }
    }

    private static async Task<string> TriggerAsync(MemoryServer memory, string pipeline, string priority)
    {
        using var answer = await memory.Server.Operator.PostAsync(
            "/api/v1/sync-admin/manual-trigger",
            new { entity_type = pipeline, priority }
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return (await answer.ReadAsync()).GetProperty("sync_job_id").GetString()!;
    }

    private static async Task<string?> StatusAsync(MemoryServer memory, string job) =>
        (await GetAsync(memory, $"/api/v1/sync-admin/jobs/{job}")).GetProperty("status").GetString();

    private static async Task<IReadOnlyList<string?>> WaitingAsync(MemoryServer memory) =>
        [
            .. (await GetAsync(memory, "/api/v1/queue"))
                .GetProperty("waiting")
                .EnumerateArray()
                .Select(entry => entry.GetProperty("job").GetProperty("entity_type").GetString()),
        ];

    private static async Task<JsonElement> GetAsync(MemoryServer memory, string path)
    {
        using var answer = await memory.Server.Viewer.GetAsync(path, memory.Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.ReadAsync();
    }
}
