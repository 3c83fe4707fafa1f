using System.Net;
using System.Text.Json;
using TrueUp.Server.Queue;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Tests.Queue;

/// <summary>A server that is taken out of work without being stopped.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_drained_server_takes_nothing_until_it_is_activated_and_says_so()
    {
        await using var memory = await MemoryServer.StartAsync();
        var admin = memory.Server.Admin;
        await memory.UntilAsync(async () => await NodeAsync(memory) is not null, Dispatcher.Pace);
        var id = (await NodeAsync(memory))!.Value.GetProperty("id").GetString();

        using (var drained = await admin.PostAsync($"/api/v1/nodes/{id}/drain", new { }))
        {
            drained.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await drained.ReadAsync()).GetProperty("state").GetString().ShouldBe("DRAINING");
        }
        // It learns of it with its next sign of life.
        await memory.UntilAsync(async () => await QueueHealthAsync(memory) == "degraded", TimeSpan.FromSeconds(5));
        var job = await memory.EnqueueAsync();
        var looks = 0;
        await memory.UntilAsync(() => Task.FromResult(++looks > 20), Dispatcher.Pace);
        (await memory.Server.Home.Queue.FindAsync(job, memory.Cancel))!.State.ShouldBe(JobState.Queued);

        using (var activated = await admin.PostAsync($"/api/v1/nodes/{id}/activate", new { }))
        {
            activated.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await activated.ReadAsync()).GetProperty("state").GetString().ShouldBe("ACTIVE");
        }
        (await memory.EndAsync(job)).State.ShouldBe(JobState.Completed);

        using var unknown = await admin.PostAsync("/api/v1/nodes/nobody/drain", new { });
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<JsonElement?> NodeAsync(MemoryServer memory)
    {
        using var response = await memory.Server.Admin.GetAsync("/api/v1/nodes", memory.Cancel);
        var nodes = (await response.ReadAsync()).GetProperty("items");
        return nodes.GetArrayLength() == 0 ? null : nodes[0];
    }

    private static async Task<string?> QueueHealthAsync(MemoryServer memory)
    {
        using var response = await memory.Server.Viewer.GetAsync("/health", memory.Cancel);
        return (await response.ReadAsync())
            .GetProperty("checks")
            .GetProperty("queue")
            .GetProperty("status")
            .GetString();
    }
}
