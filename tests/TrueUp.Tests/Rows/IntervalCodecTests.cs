using System.Buffers.Binary;
using FsCheck.Fluent;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

public sealed class IntervalCodecTests
{
    [Fact]
    public void Any_months_days_and_microseconds_come_back_unmixed()
    {
        FsCheck.Gen<(long, long, long)> parts =
            from months in Values.AnyLong()
            from days in Values.AnyLong()
            from microseconds in Values.AnyLong()
            select (months, days, microseconds);
        Values.ForAll(
            parts,
            p =>
            {
                byte[] send = Send((int)p.Item1, (int)p.Item2, p.Item3);
                Values.ShouldComeBack(LogicalType.Interval, send);
                Values.Canonical(LogicalType.Interval, send).ShouldBe(Convert.ToHexStringLower(send));
            },
            cases: 10_000
        );
    }

    [Theory]
    [InlineData(0, 0, 0, "PT0S")]
    [InlineData(14, 3, 4_500_000, "P14M3DT4.5S")]
    [InlineData(-1, 0, -1, "P-1MT-0.000001S")]
    [InlineData(0, 1, 0, "P1D")]
    [InlineData(int.MaxValue, int.MinValue, long.MinValue, "P2147483647M-2147483648DT-9223372036854.775808S")]
    [InlineData(int.MinValue, int.MaxValue, long.MaxValue, "P-2147483648M2147483647DT9223372036854.775807S")]
    public void An_interval_is_shown_by_its_three_parts(int months, int days, long microseconds, string text)
    {
        Values.Display(LogicalType.Interval, Send(months, days, microseconds)).ShouldBe(text);
        Values.Send(LogicalType.Interval, text).ShouldBe(Send(months, days, microseconds));
    }

    [Theory]
    [InlineData("P1Y2M", "P14M")]
    [InlineData("P2W", "P14D")]
    [InlineData("PT1H30M", "PT5400S")]
    [InlineData("PT-2562047788H-54.775808S", "PT-9223372036854.775808S")]
    [InlineData("P1Y2M3DT4H5M6.789S", "P14M3DT14706.789S")]
    public void Years_weeks_hours_and_minutes_are_read(string text, string shown) =>
        Values.Display(LogicalType.Interval, Values.Send(LogicalType.Interval, text)).ShouldBe(shown);

    [Fact]
    public void A_month_is_not_thirty_days_and_a_day_not_twenty_four_hours()
    {
        string[] texts = ["P1M", "P30D", "PT720H", "P1Y", "P365D"];
        texts.Select(t => Values.Canonical(LogicalType.Interval, t)).Distinct().Count().ShouldBe(texts.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1")]
    [InlineData("1D")]
    [InlineData("P1DT")]
    [InlineData("PT1")]
    [InlineData("PD")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("PTT1S")]
    [InlineData("P1D ")]
    [InlineData(" P1D")]
    [InlineData("P 1D")]
    [InlineData("P1D\0")]
    [InlineData("p1d")]
    [InlineData("P1e2D")]
    [InlineData("P1E2D")]
    [InlineData("P0.5M")]
    [InlineData("P1.5D")]
    [InlineData("PT1.5H")]
    [InlineData("PT0.0000001S")]
    [InlineData("PT0.0000001H")]
    [InlineData("P2147483648M")]
    [InlineData("P178956971Y")]
    [InlineData("P2147483648D")]
    [InlineData("PT9223372036854.775808S")]
    [InlineData("PT2562047789H")]
    [InlineData("PT999999999999H")]
    [InlineData("PT99999999999999999999999999S")]
    [InlineData("1 day")]
    [InlineData("01:00:00")]
    public void A_text_that_is_no_interval_or_does_not_fit_is_refused(string text) =>
        Values.ShouldBeRefused(LogicalType.Interval, text);

    private static byte[] Send(int months, int days, long microseconds)
    {
        byte[] send = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(send, microseconds);
        BinaryPrimitives.WriteInt32BigEndian(send.AsSpan(8), days);
        BinaryPrimitives.WriteInt32BigEndian(send.AsSpan(12), months);
        return send;
    }
}
