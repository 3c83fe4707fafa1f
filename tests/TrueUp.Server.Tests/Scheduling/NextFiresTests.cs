using Microsoft.Extensions.DependencyInjection;
using TrueUp.Pipelines;
using TrueUp.Server.Scheduling;
using TrueUp.Server.Tests.Testing;

namespace TrueUp.Server.Tests.Scheduling;

/// <summary>What is read from Quartz's triggers.</summary>
public sealed class NextFiresTests
{
    [Fact]
    public async Task The_earliest_time_is_that_of_the_pipelines_asked_for()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await WatchServer.StartAsync();
        string[] names = ["sooner", "later"];
        foreach (var (name, cron) in names.Zip((string[])["0 3 * * *", "0 3 29 2 *"]))
        {
            server.Add(server.AddCsv(name) with { Schedule = new ScheduleDefinition { Cron = cron } });
        }
        var fires = server.Services.GetRequiredService<INextFires>();
        var times = await fires.NextAsync(names, 1, token);
        while (times.Count < names.Length)
        {
            await Task.Delay(20, token);
            times = await fires.NextAsync(names, 1, token);
        }

        (await fires.EarliestAsync(new HashSet<string>(names), token)).ShouldBe(times["sooner"][0]);
        (await fires.EarliestAsync(new HashSet<string> { "later" }, token)).ShouldBe(times["later"][0]);
        (await fires.EarliestAsync(new HashSet<string> { "unknown" }, token)).ShouldBeNull();
    }
}
