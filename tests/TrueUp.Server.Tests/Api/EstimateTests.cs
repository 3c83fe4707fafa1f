using FsCheck;
using FsCheck.Fluent;
using TrueUp.Pipelines;
using TrueUp.Server.Api.Jobs;
using TrueUp.Server.Api.Pipelines;
using TrueUp.Server.Scheduling;

namespace TrueUp.Server.Tests.Api;

public sealed class EstimateTests
{
    [Fact]
    public void With_one_place_a_job_ends_after_all_that_is_ahead() =>
        Prop.ForAll(
                Gen.Choose(0, 100).Select(n => (double)n).ListOf().ToArbitrary(),
                ahead =>
                {
                    var estimate = new CompletionEstimate([], 1);
                    foreach (var seconds in ahead)
                    {
                        estimate.Take(seconds);
                    }
                    estimate.EndOf(0, 7).ShouldBe(ahead.Sum() + 7, 1e-9);
                    estimate.EndOf(ahead.Sum() + 5, 7).ShouldBe(ahead.Sum() + 12, 1e-9);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void More_places_never_make_a_job_end_later() =>
        Prop.ForAll(
                Gen.Zip(Gen.Choose(0, 100).Select(n => (double)n).ListOf(), Gen.Choose(1, 5)).ToArbitrary(),
                c =>
                {
                    var (few, more) = (new CompletionEstimate([], c.Item2), new CompletionEstimate([], c.Item2 + 1));
                    foreach (var seconds in c.Item1)
                    {
                        few.Take(seconds);
                        more.Take(seconds);
                    }
                    more.EndOf(0, 1).ShouldBeLessThanOrEqualTo(few.EndOf(0, 1));
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0 0 * * *", "every day at 00:00 (UTC)")]
    [InlineData("30 6 * * 1", "every Monday at 06:30 (UTC)")]
    [InlineData("5 * * * *", "every hour at minute 5 (UTC)")]
    [InlineData("*/15 * * * *", "every 15 minutes (UTC)")]
    [InlineData("0 3 1 * *", "on day 1 of every month at 03:00 (UTC)")]
    [InlineData("0 9-17 * * *", "cron 0 9-17 * * * (UTC)")]
    public void A_cron_expression_is_said_in_words_where_that_is_clearer(string cron, string words) =>
        ScheduleWords.Of(new ScheduleDefinition { Cron = cron }).ShouldBe(words);

    [Theory]
    [InlineData(60, "every minute")]
    [InlineData(900, "every 15 minutes")]
    [InlineData(7200, "every 2 hours")]
    [InlineData(90, "every 90 seconds")]
    public void An_interval_is_said_in_the_largest_unit_that_fits(int seconds, string words) =>
        ScheduleWords.Of(new ScheduleDefinition { Every = TimeSpan.FromSeconds(seconds) }).ShouldBe(words);
}
