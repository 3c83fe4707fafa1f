using System.Globalization;
using TrueUp.Server.Tests.Testing;

namespace TrueUp.Server.Tests.Scheduling;

/// <summary>Schedules in a zone whose clocks change twice a year.</summary>
public sealed class SummerTimeTests
{
    // The clocks of Berlin go from 02:00 to 03:00 on 29 March 2026, and from 03:00 to 02:00 on 25 October: a
    // time that is left out comes at the end of the gap, and one that comes twice is taken once.
    [Theory]
    [InlineData("0 9 * * *", "03-28T08:00 03-29T07:00 03-30T07:00 10-24T07:00 10-25T08:00 10-26T08:00")]
    [InlineData("30 1 * * *", "03-28T00:30 03-29T00:30 03-29T23:30 03-30T23:30 10-24T23:30 10-26T00:30")]
    [InlineData("30 2 * * *", "03-28T01:30 03-29T01:00 03-30T00:30 10-24T00:30 10-25T00:30 10-26T01:30")]
    public async Task A_time_of_day_stays_the_same_when_the_clocks_change(string cron, string expected)
    {
        await using var memory = await MemoryServer.StartAsync(
            $"schedule: {{cron: \"{cron}\", zone: Europe/Berlin}}\n"
        );
        await memory.UntilAsync(async () => (await memory.NextAsync()).Count == 1);

        var times = await memory.NextAsync(count: 250);

        times
            .Where(IsNear)
            .Select(time => time.ToString("MM-dd'T'HH:mm", CultureInfo.InvariantCulture))
            .ShouldBe(expected.Split(' '));
        times.ShouldAllBe(time => time.Offset == TimeSpan.Zero);
    }

    private static bool IsNear(DateTimeOffset time) =>
        (time.Month == 3 && time.Day is >= 28 and <= 30) || (time.Month == 10 && time.Day is >= 24 and <= 26);
}
