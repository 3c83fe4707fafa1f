using System.Buffers.Binary;
using System.Globalization;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

public sealed class TimestampCodecTests
{
    /// <summary>The range of a PostgreSQL server: 4714-11-24 BC 00:00 to the end of 294276.</summary>
    private const long First = -211_813_488_000_000_000,
        Last = 9_223_371_331_199_999_999;

    private static readonly LogicalType[] Types = [LogicalType.Timestamp, LogicalType.TimestampTz];

    [Fact]
    public void Any_moment_of_a_server_comes_back() =>
        Values.ForAll(
            Values.Between(First, Last),
            microseconds =>
            {
                foreach (LogicalType type in Types)
                {
                    Values.ShouldComeBack(type, Send(microseconds));
                    Values.Canonical(type, Send(microseconds)).ShouldBe(Convert.ToHexStringLower(Send(microseconds)));
                }
            },
            cases: 5000
        );

    [Fact]
    public void A_moment_dotnet_knows_has_the_text_dotnet_gives_it()
    {
        DateTime epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        long first = (DateTime.MinValue - epoch).Ticks / 10,
            last = (DateTime.MaxValue - epoch).Ticks / 10;
        Values.ForAll(
            Values.Between(first, last),
            microseconds =>
            {
                DateTime moment = epoch.AddTicks(microseconds * 10);
                string text = moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
                Values.Display(LogicalType.Timestamp, Send(microseconds)).ShouldBe(text);
                Values.Display(LogicalType.TimestampTz, Send(microseconds)).ShouldBe($"{text}+00");
            }
        );
    }

    [Theory]
    [InlineData("infinity", long.MaxValue)]
    [InlineData("-infinity", long.MinValue)]
    public void The_infinities_come_back(string text, long microseconds)
    {
        foreach (LogicalType type in Types)
        {
            Values.Send(type, text).ShouldBe(Send(microseconds));
            Values.Display(type, Send(microseconds)).ShouldBe(text);
        }
    }

    [Theory]
    [InlineData("2026-01-31T12:30:00", "2026-01-31 12:30:00")]
    [InlineData("2026-01-31 12:30", "2026-01-31 12:30:00")]
    [InlineData("2026-01-31 12:30:00.5000000", "2026-01-31 12:30:00.5")]
    [InlineData("2025-12-31 24:00:00", "2026-01-01 00:00:00")]
    [InlineData("0001-12-31 24:00:00 BC", "0001-01-01 00:00:00")]
    public void Other_notations_of_a_timestamp_are_read(string text, string shown) =>
        Values.Display(LogicalType.Timestamp, Values.Send(LogicalType.Timestamp, text)).ShouldBe(shown);

    [Theory]
    [InlineData("2026-01-31 12:30:00Z", "2026-01-31 12:30:00+00")]
    [InlineData("2026-01-31T12:30:00+02", "2026-01-31 10:30:00+00")]
    [InlineData("2026-01-31 12:30:00-0330", "2026-01-31 16:00:00+00")]
    [InlineData("2026-01-31 12:30:00+05:45", "2026-01-31 06:45:00+00")]
    [InlineData("2026-01-31 12:30:00-00:30", "2026-01-31 13:00:00+00")]
    [InlineData("0001-01-01 00:00:00+01", "0001-12-31 23:00:00+00 BC")]
    public void An_instant_is_shown_in_UTC(string text, string shown) =>
        Values.Display(LogicalType.TimestampTz, Values.Send(LogicalType.TimestampTz, text)).ShouldBe(shown);

    [Theory]
    [InlineData("2026-01-31 12:30:00Z")]
    [InlineData("2026-01-31 12:30:00+00")]
    public void A_local_time_with_an_offset_is_refused(string text) =>
        Values.ShouldBeRefused(LogicalType.Timestamp, text);

    [Theory]
    [InlineData("2026-01-31 12:30:00")]
    [InlineData("2026-01-31 12:30:00+16")]
    [InlineData("2026-01-31 12:30:00+01:60")]
    [InlineData("2026-01-31 12:30:00+1")]
    [InlineData("2026-01-31 12:30:00+01:0")]
    [InlineData("2026-01-31 12:30:00 +01")]
    [InlineData("2026-01-31 12:30:00+01\0")]
    [InlineData("2026-01-31 12:30:00 UTC")]
    [InlineData("4714-11-24 00:00:00+01 BC")]
    [InlineData("294276-12-31 23:59:59-01")]
    public void An_instant_without_a_sound_offset_or_out_of_range_is_refused(string text) =>
        Values.ShouldBeRefused(LogicalType.TimestampTz, text);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31 ")]
    [InlineData("2026-01-31 25:00")]
    [InlineData("2026-01-31_12:00")]
    [InlineData("2026-01-31 12:00:00.0000001")]
    [InlineData("2023-02-29 12:00:00")]
    [InlineData(" 2026-01-31 12:00:00")]
    [InlineData("2026-01-31 12:00:00\0")]
    [InlineData("294277-01-01 00:00:00")]
    [InlineData("294276-12-31 24:00:00")]
    [InlineData("294278-01-01 00:00:00")]
    [InlineData("9999-01-01 00:00:00 BC")]
    [InlineData("9999999-01-01 00:00:00")]
    [InlineData("4714-11-23 23:59:59 BC")]
    [InlineData("4715-01-01 00:00:00 BC")]
    [InlineData("now")]
    public void A_text_that_is_no_timestamp_or_out_of_range_is_refused(string text)
    {
        Values.ShouldBeRefused(LogicalType.Timestamp, text);
        Values.ShouldBeRefused(LogicalType.TimestampTz, $"{text}+00");
    }

    [Fact]
    public void No_day_of_a_year_with_six_digits_wraps_round_into_the_past() =>
        Values.ForAll(
            Values.Between(294_270, 300_000),
            year =>
            {
                string text = $"{year}-12-31 24:00:00";
                if (Values.TryParse(LogicalType.Timestamp, System.Text.Encoding.UTF8.GetBytes(text), out byte[] send))
                {
                    BinaryPrimitives.ReadInt64BigEndian(send).ShouldBeInRange(0, Last);
                }
            }
        );

    private static byte[] Send(long microseconds)
    {
        byte[] send = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(send, microseconds);
        return send;
    }
}
