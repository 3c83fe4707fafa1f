using Microsoft.Extensions.DependencyInjection;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Queue;
using TrueUp.Server.Scheduling;
using TrueUp.Server.Tests.Pipelines;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Jobs;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Scheduling;

/// <summary>Which triggers stay and which go when files change.</summary>
public sealed class ScheduleKeeperTests
{
    private const string Nightly = "schedule: {cron: \"0 3 * * *\"}\n";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task A_schedule_that_is_taken_out_of_a_file_ends_though_another_file_is_broken()
    {
        await using var memory = await MemoryServer.StartAsync(Nightly, files: Broken("broken"));
        await memory.UntilAsync(async () => (await memory.NextAsync()).Count == 1);

        await File.WriteAllTextAsync(memory.FileOf("rows"), MemoryServer.Yaml("rows"), memory.Cancel);

        await memory.UntilAsync(async () => (await memory.NextAsync()).Count == 0, Look);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_last_pipelines_trigger_goes_with_its_file(bool isAnotherBroken)
    {
        await using var memory = await MemoryServer.StartAsync(
            Nightly,
            files: isAnotherBroken ? Broken("broken") : null
        );
        await memory.UntilAsync(async () => (await memory.NextAsync()).Count == 1);

        File.Delete(memory.FileOf("rows"));

        await memory.UntilAsync(async () => (await memory.NextAsync()).Count == 0, Look);
    }

    [Theory]
    [InlineData("rows")]
    [InlineData("another_name")]
    public async Task A_pipeline_whose_file_was_never_good_here_keeps_its_trigger_until_the_file_is_gone(string file)
    {
        using var folder = new TemporaryFolder();
        var home = folder.File("home");
        var clock = new ManualClock();
        await using (var before = await MemoryServer.StartAsync(Nightly, home: home, clock: clock))
        {
            await before.UntilAsync(async () => (await before.NextAsync()).Count == 1);
        }

        await using var memory = await MemoryServer.StartAsync(
            Nightly,
            pipelines: ["other"],
            home: home,
            clock: clock,
            files: Broken(file)
        );

        // What goes has gone before what is new is scheduled.
        await memory.UntilAsync(async () => (await memory.NextAsync("other")).Count == 1);
        (await memory.NextAsync()).Count.ShouldBe(1);
        File.Delete(memory.FileOf(file));
        await memory.UntilAsync(async () => (await memory.NextAsync()).Count == 0, Look);
    }

    [Fact]
    public async Task Nothing_goes_for_not_being_here_before_the_folder_was_read()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await WatchServer.StartAsync();
        var catalog = server.Services.GetRequiredService<PipelineCatalog>();
        Add("first");
        await UntilAsync("first", 1);

        catalog.Set(catalog.Current.Remove("first"));
        Add("second");
        await UntilAsync("second", 1);
        await UntilAsync("first", 1);

        catalog.SetRead(catalog.Current);
        await UntilAsync("first", 0);
        await UntilAsync("second", 1);

        void Add(string name) =>
            server.Add(server.AddCsv(name) with { Schedule = new ScheduleDefinition { Cron = "0 3 * * *" } });

        async Task UntilAsync(string name, int count)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(TimeSpan.FromMinutes(1));
            var fires = server.Services.GetRequiredService<INextFires>();
            while ((await fires.NextAsync([name], 1, limit.Token)).Count != count)
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }

    [Fact]
    public async Task What_waits_of_a_pipeline_that_is_gone_is_cancelled_unless_a_person_asked_for_it()
    {
        await using var memory = await MemoryServer.StartAsync(
            step: async (_, token) => await Task.Delay(Timeout.Infinite, token),
            pipelines: ["holder", "nightly", "retried", "asked", "there"],
            settings: "concurrency: {server: 1}"
        );
        var holder = await memory.EnqueueAsync("holder");
        await memory.UntilAsync(async () => (await memory.JobAsync(holder)).State == JobState.Running, Dispatcher.Pace);
        var nightly = await memory.EnqueueAsync("nightly", trigger: TriggerSource.Scheduled);
        var retried = await memory.EnqueueAsync("retried", trigger: TriggerSource.Retry);
        var asked = await memory.EnqueueAsync("asked");
        var there = await memory.EnqueueAsync("there", trigger: TriggerSource.Scheduled);

        foreach (var name in (string[])["holder", "asked", "nightly", "retried"])
        {
            File.Delete(memory.FileOf(name));
        }

        foreach (var id in (string[])[nightly, retried])
        {
            await memory.UntilAsync(async () => (await memory.JobAsync(id)).State == JobState.Cancelled, Look);
            (await memory.JobAsync(id)).CancelRequestedBy.ShouldBe(ScheduleKeeper.Canceller);
        }
        (await memory.JobAsync(asked)).State.ShouldBe(JobState.Queued);
        (await memory.JobAsync(there)).State.ShouldBe(JobState.Queued);
        var running = await memory.JobAsync(holder);
        (running.State, running.CancelRequestedAt).ShouldBe((JobState.Running, null));
    }

    [Fact]
    public async Task The_folder_says_that_it_was_read_only_once_it_could_be()
    {
        await using var world = new PipelineWorld();
        Directory.Delete(world.Path);
        await world.LookAsync();
        world.Catalog.IsRead.ShouldBeFalse();

        Directory.CreateDirectory(world.Path);
        await world.LookAsync();

        world.Catalog.IsRead.ShouldBeTrue();
        world.Catalog.Current.ShouldBeEmpty();
    }

    private static Dictionary<string, string> Broken(string name) => new() { [$"{name}.yaml"] = "name: [" };
}
