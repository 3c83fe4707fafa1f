using TrueUp.Store.Database;

namespace TrueUp.Store.Tests.Database;

/// <summary>What leases are compared with.</summary>
public abstract partial class ControlDatabaseConformance
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.25)]
    [InlineData(30.0)]
    [InlineData(86_400.0)]
    public async Task A_moment_after_now_is_that_much_later(double seconds)
    {
        using var database = CreateDatabase(HomeFolder);

        var (now, after) = await MomentsAsync(database, seconds);

        // The database's clock goes on between the two; SQLite counts milliseconds.
        (after - now).TotalSeconds.ShouldBe(seconds, tolerance: 0.05);
    }

    [Fact]
    public async Task Now_and_later_moments_compare_with_kept_times()
    {
        using var database = CreateDatabase(HomeFolder);
        var (now, _) = await MomentsAsync(database, 0);
        var found = await database.QueryAsync(
            $"""
            SELECT {database.Now} < @later AND {database.Now} > @before
                AND {database.After("@lease")} < @later AND {database.After("@lease")} > @before AS inside
            """,
            new
            {
                now = database.Time(Clock.Now),
                before = database.Time(now.AddMinutes(-1)),
                later = database.Time(now.AddMinutes(1)),
                lease = 10,
            },
            row => row.Flag("inside"),
            CancellationToken.None
        );

        found.ShouldBe([true]);
    }

    private async Task<(DateTimeOffset Now, DateTimeOffset After)> MomentsAsync(
        ControlDatabase database,
        double seconds
    ) =>
        (
            await database.QueryAsync(
                $"SELECT {database.Now} AS moment, {database.After("@lease")} AS later",
                new { now = database.Time(Clock.Now), lease = seconds },
                row => (row.Time("moment"), row.Time("later")),
                CancellationToken.None
            )
        ).ShouldHaveSingleItem();
}
