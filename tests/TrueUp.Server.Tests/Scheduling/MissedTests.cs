using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using TrueUp.Runs;
using TrueUp.Server.Metrics;
using TrueUp.Server.Scheduling;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Jobs;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Scheduling;

/// <summary>Times at which no server was there.</summary>
public sealed class MissedTests
{
    private static readonly TimeSpan Away = TimeSpan.FromDays(2) + TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("cron: \"0 3 * * *\"", 0, "run", 1)]
    [InlineData("cron: \"0 3 * * *\"", 0, "skip", 0)]
    [InlineData("every: 1h", 1, "run", 1)]
    [InlineData("every: 1h", 1, "skip", 0)]
    public async Task What_was_missed_while_no_server_was_there_is_made_up_for_once_or_left_out(
        string due,
        int atOnce,
        string missed,
        int madeUp
    )
    {
        using var folder = new TemporaryFolder();
        var (home, clock) = (folder.File("home"), new ManualClock());
        var schedule = $"schedule: {{{due}, missed: {missed}}}\n";
        await using (var before = await MemoryServer.StartAsync(schedule, home: home, clock: clock))
        {
            await IsScheduledAsync(before);
            await EndedAsync(before, atOnce);
            Missed(before).ShouldBe(0);
        }

        clock.Set(Away);
        var back = clock.GetUtcNow();
        await using var memory = await MemoryServer.StartAsync(
            schedule,
            pipelines: ["rows", "other"],
            home: home,
            clock: clock,
            files: new Dictionary<string, string> { ["other.yaml"] = MemoryServer.Yaml("other") }
        );
        await IsScheduledAsync(memory);
        (await FiredAsync(memory) >= back).ShouldBe(madeUp > 0);

        await EndedAsync(memory, atOnce + madeUp);
        // However many times were missed.
        Missed(memory).ShouldBe(1);
        // What a further firing would have asked for had come before this.
        (await memory.EndAsync(await memory.EnqueueAsync("other"))).State.ShouldBe(JobState.Completed);
        (await ScheduledAsync(memory)).Count.ShouldBe(atOnce + madeUp);
        (await memory.NextAsync())[0].ShouldBeGreaterThan(clock.GetUtcNow());
    }

    [Fact]
    public async Task What_a_clock_that_is_set_on_leaves_out_is_made_up_for_once()
    {
        await using var memory = await MemoryServer.StartAsync("schedule: {cron: \"0 3 * * *\"}\n");
        await IsScheduledAsync(memory);

        memory.Clock.Set(Away);

        await memory.UntilAsync(
            async () => await memory.NextAsync() is [var next] && next > memory.Clock.GetUtcNow(),
            TimeSpan.FromSeconds(1)
        );
        await EndedAsync(memory, 1);
        Missed(memory).ShouldBe(1);
    }

    /// <summary>Waits until the pipeline's trigger waits for a time to come.</summary>
    private static Task IsScheduledAsync(MemoryServer memory) =>
        memory.UntilAsync(async () => await memory.NextAsync() is [var next] && next > memory.Clock.GetUtcNow());

    /// <summary>Waits until the schedule has led to so many runs.</summary>
    private static async Task EndedAsync(MemoryServer memory, int count)
    {
        await memory.UntilAsync(async () => (await ScheduledAsync(memory)).Count >= count);
        foreach (var job in await ScheduledAsync(memory))
        {
            (await memory.EndAsync(job.Id)).State.ShouldBe(JobState.Completed);
        }
    }

    private static async Task<IReadOnlyList<Job>> ScheduledAsync(MemoryServer memory) =>
        [.. (await memory.JobsAsync()).Where(job => job.Trigger == TriggerSource.Scheduled)];

    private static async Task<DateTimeOffset?> FiredAsync(MemoryServer memory)
    {
        var factory = memory.Server.Services.GetRequiredService<ISchedulerFactory>();
        var scheduler = await factory.GetScheduler(memory.Cancel);
        return (await scheduler.GetTrigger(ScheduleSpec.KeyOf("rows"), memory.Cancel))!.PreviousFireTimeUtc;
    }

    private static int Missed(MemoryServer memory)
    {
        const string Series = "sync_missed_fires_total{pipeline=\"rows\"} ";
        var text = memory.Server.Services.GetRequiredService<MetricRegistry>().Scrape();
        var line = text.Split('\n').SingleOrDefault(line => line.StartsWith(Series, StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line[Series.Length..], CultureInfo.InvariantCulture);
    }
}
