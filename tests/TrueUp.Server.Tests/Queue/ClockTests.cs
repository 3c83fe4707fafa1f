using Microsoft.Extensions.DependencyInjection;
using TrueUp.Runs;
using TrueUp.Server.Queue;
using TrueUp.Server.Scheduling;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Tests.Queue;

/// <summary>A machine whose clock is set while a server runs.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task A_clock_that_is_set_back_silences_no_schedule()
    {
        await using var memory = await MemoryServer.StartAsync("schedule: {cron: \"0 3 * * *\"}");
        await memory.UntilAsync(async () => await NextAsync(memory) is { Month: 3, Day: 2 });

        memory.Clock.Set(TimeSpan.FromDays(-20));

        await memory.UntilAsync(async () => await NextAsync(memory) is { Month: 2 }, TimeSpan.FromSeconds(10));
        (await NextAsync(memory)).ShouldBe(new DateTimeOffset(2026, 2, 10, 3, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task What_waits_when_the_clock_is_set_back_is_run_at_once()
    {
        await using var memory = await MemoryServer.StartAsync();
        var job = await memory.EnqueueAsync();

        memory.Clock.Set(TimeSpan.FromDays(-20));

        (await memory.EndAsync(job)).State.ShouldBe(JobState.Completed);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task A_run_during_which_the_clock_is_set_ends_proven(int days)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goesOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var memory = await MemoryServer.StartAsync(
            step: async (_, token) =>
            {
                begun.TrySetResult();
                await goesOn.Task.WaitAsync(token);
            }
        );
        var job = await memory.EnqueueAsync();
        await memory.UntilAsync(() => Task.FromResult(begun.Task.IsCompleted), Dispatcher.Pace);

        memory.Clock.Set(TimeSpan.FromDays(days));
        // Long enough for the lease to be renewed, or found to be over and the job to be taken again.
        var looks = 0;
        await memory.UntilAsync(() => Task.FromResult(++looks > 20), Dispatcher.Pace);
        goesOn.SetResult();

        (await memory.EndAsync(job)).State.ShouldBe(JobState.Completed);
        var status = await memory.Server.Home.Pipelines.StatusAsync("rows", memory.Cancel);
        status.Single().LastVerdict.ShouldBe(Verdict.Verified);
    }

    private static async Task<DateTimeOffset?> NextAsync(MemoryServer memory)
    {
        var fires = memory.Server.Services.GetRequiredService<INextFires>();
        var times = await fires.NextAsync(["rows"], 1, memory.Cancel);
        return times.TryGetValue("rows", out var next) ? next[0] : null;
    }
}
