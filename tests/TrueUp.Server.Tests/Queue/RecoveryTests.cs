using System.Net;
using TrueUp.Runs;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Tests.Queue;

/// <summary>P45 and P46: later retries, switched off and on again while the server runs.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task What_fails_is_tried_again_later_only_while_recovery_is_switched_on()
    {
        await using var memory = await MemoryServer.StartAsync(
            "retry: {attempts: 0}\n",
            pipelines: ["rows", "other"],
            // With one place, a job begins only after all that another led to.
            settings: "concurrency: {server: 1}\nrecovery: {enabled: false}"
        );
        memory.Store.SourceFaults.Opening = () =>
            throw new SideException(ErrorType.Network, "cut off", "Wait.")
            {
                Code = "cannot_connect",
                IsTransient = true,
            };

        await FailAsync(memory);
        (await memory.JobsAsync()).Count.ShouldBe(1);

        await SwitchAsync(memory, true);
        await FailAsync(memory);
        var jobs = await memory.JobsAsync();
        jobs.Count.ShouldBe(3);
        (jobs[0].Trigger, jobs[0].State).ShouldBe((TriggerSource.Retry, JobState.Queued));
        (jobs[0].DueAt - jobs[0].EnqueuedAt).ShouldBe(TimeSpan.FromMinutes(5));

        await SwitchAsync(memory, false);
        memory.Clock.Advance(TimeSpan.FromMinutes(5));
        (await memory.EndAsync(jobs[0].Id)).State.ShouldBe(JobState.Failed);
        await memory.EndAsync(await memory.EnqueueAsync("other"));
        (await memory.JobsAsync()).Count.ShouldBe(3);
    }

    private static async Task FailAsync(MemoryServer memory)
    {
        (await memory.EndAsync(await memory.EnqueueAsync())).State.ShouldBe(JobState.Failed);
        await memory.EndAsync(await memory.EnqueueAsync("other"));
    }

    private static async Task SwitchAsync(MemoryServer memory, bool value)
    {
        using var answer = await memory.Server.Admin.PutAsync("/api/v1/config/recovery.enabled", new { value });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
