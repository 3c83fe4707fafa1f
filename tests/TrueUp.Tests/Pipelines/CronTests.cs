namespace TrueUp.Tests.Pipelines;

public sealed class CronTests
{
    [Theory]
    [InlineData("* * * * *")]
    [InlineData("0 0 * * *")]
    [InlineData("*/15 8-18 * * mon-fri")]
    [InlineData("0,30 0 1,15 JAN,jul *")]
    [InlineData("5/10 0 * * 7")]
    [InlineData("0 0 29 2 *")]
    [InlineData("0 0 31 * *")]
    [InlineData("0 0 31 2 mon")]
    [InlineData("  0   0 * * sun  ")]
    public void A_cron_expression_of_five_fields_is_accepted(string cron) =>
        Reading.Pipeline($"schedule: {{cron: '{cron}'}}").Schedule.ShouldNotBeNull().Cron.ShouldBe(cron);

    [Theory]
    [InlineData("", "0 fields")]
    [InlineData("* * * * * *", "6 fields")]
    [InlineData("60 * * * *", "minute")]
    [InlineData("* 24 * * *", "hour")]
    [InlineData("* * 0 * *", "day of month")]
    [InlineData("* * * 13 *", "month")]
    [InlineData("* * * * 8", "day of week")]
    [InlineData("*/0 * * * *", "minute")]
    [InlineData("5-1 * * * *", "minute")]
    [InlineData("1-2-3 * * * *", "minute")]
    [InlineData("1, * * * *", "minute")]
    [InlineData("-1 * * * *", "minute")]
    [InlineData("x * * * *", "minute")]
    [InlineData("0 0 30 2 *", "never")]
    [InlineData("0 0 31 4,6,9,11 *", "never")]
    public void Another_one_is_refused_with_its_field(string cron, string said)
    {
        var finding = Reading.Finding($"schedule: {{cron: '{cron}'}}");

        finding.Path.ShouldBe("schedule.cron");
        finding.Message.ShouldContain(said);
    }
}
