using TrueUp.Runs;
using TrueUp.Server.Queue;
using TrueUp.Server.Settings;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Tests.Queue;

/// <summary>How the dispatcher goes round.</summary>
public sealed class DispatcherTests
{
    [Fact]
    public async Task A_place_that_becomes_free_is_given_away_without_waiting_for_the_next_tick()
    {
        var token = TestContext.Current.CancellationToken;
        var clock = new ManualClock();
        await using var server = await WatchServer.StartAsync(clock);
        server.Settings.Set(server.Settings.Current with { Concurrency = new ConcurrencySettings { Server = 1 } });
        var jobs = new List<string>();
        foreach (var name in (string[])["first", "second", "third"])
        {
            server.AddCsv(name);
            var request = new JobRequest { Pipeline = name, Trigger = TriggerSource.Manual };
            jobs.Add((await server.Home.Queue.EnqueueAsync(request, token)).Job!.Id);
        }

        // The clock's timers fire once: there is no further tick.
        clock.Advance(Dispatcher.Pace);

        foreach (var id in jobs)
        {
            while ((await server.Home.Queue.FindAsync(id, token))!.State is JobState.Queued or JobState.Running)
            {
                await Task.Delay(20, token);
            }
            (await server.Home.Queue.FindAsync(id, token))!.State.ShouldBe(JobState.Completed);
        }
    }
}
