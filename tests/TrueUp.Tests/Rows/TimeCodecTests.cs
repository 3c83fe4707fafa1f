using System.Buffers.Binary;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

public sealed class TimeCodecTests
{
    [Fact]
    public void Every_time_of_day_comes_back_midnight_at_both_ends_included() =>
        Values.ForAll(
            Values.Between(0, 86_400_000_000),
            microseconds =>
            {
                byte[] send = new byte[8];
                BinaryPrimitives.WriteInt64BigEndian(send, microseconds);
                Values.ShouldComeBack(LogicalType.Time, send);
                Values.Canonical(LogicalType.Time, send).ShouldBe(Convert.ToHexStringLower(send));
            }
        );

    [Theory]
    [InlineData("00:00", "00:00:00")]
    [InlineData("08:15", "08:15:00")]
    [InlineData("12:34:56.700", "12:34:56.7")]
    [InlineData("12:34:56.000001", "12:34:56.000001")]
    [InlineData("12:34:56.123456000", "12:34:56.123456")]
    [InlineData("24:00:00", "24:00:00")]
    public void A_time_is_shown_without_idle_zeros(string text, string shown) =>
        Values.Display(LogicalType.Time, Values.Send(LogicalType.Time, text)).ShouldBe(shown);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 12:00")]
    [InlineData("12:00 ")]
    [InlineData("12:00\0")]
    [InlineData("1\0:00")]
    [InlineData("12")]
    [InlineData("1:00")]
    [InlineData("12:0")]
    [InlineData("12:00:0")]
    [InlineData("12:00:00.")]
    [InlineData("12:00:00.1234567")]
    [InlineData("12:00:00.0000001")]
    [InlineData("12:00:00,5")]
    [InlineData("24:00:00.000001")]
    [InlineData("24:01")]
    [InlineData("25:00")]
    [InlineData("12:60")]
    [InlineData("23:59:60")]
    [InlineData("-1:00")]
    [InlineData("12:00 PM")]
    [InlineData("12:00Z")]
    [InlineData("now")]
    public void A_text_that_is_no_time_or_finer_than_microseconds_is_refused(string text) =>
        Values.ShouldBeRefused(LogicalType.Time, text);
}
