using System.Buffers.Binary;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

public sealed class IntegerCodecTests
{
    [Fact]
    public void Every_16_bit_integer_comes_back_through_its_display_text()
    {
        byte[] send = new byte[2];
        for (int value = short.MinValue; value <= short.MaxValue; value++)
        {
            BinaryPrimitives.WriteInt16BigEndian(send, (short)value);
            bool same =
                Values.Display(LogicalType.Int16, send) == $"{value}"
                && Values.Send(LogicalType.Int16, $"{value}").SequenceEqual(send);
            same.ShouldBeTrue();
        }
    }

    [Fact]
    public void Integers_of_32_and_64_bits_come_back_and_show_as_digits() =>
        Values.ForAll(
            Values.AnyLong(),
            value =>
            {
                byte[] send = new byte[8];
                BinaryPrimitives.WriteInt64BigEndian(send, value);
                Values.Display(LogicalType.Int64, send).ShouldBe($"{value}");
                Values.Canonical(LogicalType.Int64, send).ShouldBe($"{value}");
                Values.ShouldComeBack(LogicalType.Int64, send);

                send = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(send, (int)value);
                Values.Display(LogicalType.Int32, send).ShouldBe($"{(int)value}");
                Values.Canonical(LogicalType.Int32, send).ShouldBe($"{(int)value}");
                Values.ShouldComeBack(LogicalType.Int32, send);
            }
        );

    [Theory]
    [InlineData(LogicalKind.Int16, "32768")]
    [InlineData(LogicalKind.Int16, "-32769")]
    [InlineData(LogicalKind.Int32, "2147483648")]
    [InlineData(LogicalKind.Int32, "-2147483649")]
    [InlineData(LogicalKind.Int64, "9223372036854775808")]
    [InlineData(LogicalKind.Int64, "-9223372036854775809")]
    [InlineData(LogicalKind.Int64, "18446744073709551617")]
    public void A_number_that_does_not_fit_is_refused(LogicalKind kind, string text) =>
        Values.ShouldBeRefused(new LogicalType(kind), text);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1\n")]
    [InlineData("1\0")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData("--1")]
    [InlineData("1-")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData("(1)")]
    [InlineData("one")]
    [InlineData("NaN")]
    [InlineData("\u0661")]
    public void A_text_that_is_no_integer_is_refused(string text)
    {
        foreach (LogicalType type in new[] { LogicalType.Int16, LogicalType.Int32, LogicalType.Int64 })
        {
            Values.ShouldBeRefused(type, text);
        }
    }

    [Theory]
    [InlineData("007", "7")]
    [InlineData("+7", "7")]
    [InlineData("-0", "0")]
    public void Another_notation_of_a_number_is_the_same_number(string text, string canonical) =>
        Values.Canonical(LogicalType.Int32, text).ShouldBe(canonical);
}
