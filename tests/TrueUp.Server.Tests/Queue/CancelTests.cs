using System.Net;
using TrueUp.Runs;
using TrueUp.Server.Queue;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Store.Jobs;
using TrueUp.Testing.Memory;

namespace TrueUp.Server.Tests.Queue;

/// <summary>A job that is cancelled while it runs.</summary>
public sealed class CancelTests
{
    private const int Each = 10;

    [Fact]
    public async Task A_running_job_is_cancelled_within_two_seconds_and_leaves_whole_batches()
    {
        await using var memory = await MemoryServer.StartAsync("max_deletes: 100%\n");
        Fill(memory);
        var applied = new List<ChangeKind>();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        memory.Store.TargetFaults.Applied = batch => applied.Add(batch.Kind);
        memory.Store.TargetFaults.Step = async (step, token) =>
        {
            if (step == "applied" && applied.Count == 2)
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            }
        };
        var id = await memory.EnqueueAsync();
        await memory.UntilAsync(() => Task.FromResult(begun.Task.IsCompleted), Dispatcher.Pace);

        using (var answer = await memory.Server.Operator.PostAsync($"/api/v1/sync-admin/jobs/{id}/cancel", new { }))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            (await answer.ReadAsync()).GetProperty("status").GetString().ShouldBe("RUNNING");
        }
        // The next look at the queue is enough: no more time passes.
        memory.Clock.Advance(Dispatcher.Pace);
        await memory.UntilAsync(async () => (await memory.JobAsync(id)).State != JobState.Running);

        var job = await memory.JobAsync(id);
        job.State.ShouldBe(JobState.Cancelled);
        (job.FinishedAt - job.CancelRequestedAt)!.Value.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(2));
        applied.Count.ShouldBe(2);
        Copied(memory).ShouldBe(Expected(applied));

        memory.Store.TargetFaults.Step = null;
        (await memory.EndAsync(await memory.EnqueueAsync())).State.ShouldBe(JobState.Completed);
        applied.Order().ShouldBe([ChangeKind.Create, ChangeKind.Update, ChangeKind.Delete], ignoreOrder: true);
        memory.Store.Tables["rows_copy"].Lines().ShouldBe(memory.Store.Tables["rows"].Lines());
        var status = await memory.Server.Home.Pipelines.StatusAsync("rows", memory.Cancel);
        status.Single().LastVerdict.ShouldBe(Verdict.Verified);
    }

    /// <summary>A source of 10 to 29, and a target that has 20 to 39 as they were before.</summary>
    private static void Fill(MemoryServer memory)
    {
        var (source, target) = (MemoryServer.Table(), MemoryServer.Table());
        for (var id = 10; id < 10 + (2 * Each); id++)
        {
            source.Add($"{id}", "new");
            target.Add($"{id + Each}", "old");
        }
        memory.Store.Tables["rows"] = source;
        memory.Store.Tables["rows_copy"] = target;
    }

    private static IReadOnlyList<string> Copied(MemoryServer memory) => memory.Store.Tables["rows_copy"].Lines();

    /// <summary>The target after some batches as a whole.</summary>
    private static IReadOnlyList<string> Expected(IReadOnlyCollection<ChangeKind> applied)
    {
        var expected = MemoryServer.Table();
        for (var i = 0; i < Each; i++)
        {
            if (applied.Contains(ChangeKind.Create))
            {
                expected.Add($"{10 + i}", "new");
            }
            expected.Add($"{10 + Each + i}", applied.Contains(ChangeKind.Update) ? "new" : "old");
            if (!applied.Contains(ChangeKind.Delete))
            {
                expected.Add($"{10 + (2 * Each) + i}", "old");
            }
        }
        return expected.Lines();
    }
}
