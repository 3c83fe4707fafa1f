using System.Buffers.Binary;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

public sealed class FloatCodecTests
{
    private static readonly LogicalType[] Types = [LogicalType.Float32, LogicalType.Float64];

    [Fact]
    public void A_double_of_any_bits_comes_back_through_its_display_text() =>
        Values.ForAll(
            Values.AnyLong(),
            bits =>
            {
                if (!double.IsNaN(BitConverter.Int64BitsToDouble(bits)))
                {
                    Values.ShouldComeBack(LogicalType.Float64, Bytes(bits));
                }
            },
            cases: 20_000
        );

    [Fact]
    public void A_single_of_any_bits_comes_back_through_its_display_text() =>
        Values.ForAll(
            Values.AnyLong(),
            bits =>
            {
                if (!float.IsNaN(BitConverter.Int32BitsToSingle((int)bits)))
                {
                    Values.ShouldComeBack(LogicalType.Float32, Bytes((int)bits));
                }
            },
            cases: 20_000
        );

    [Fact]
    public void Different_doubles_have_different_canonical_texts() =>
        Values.ForAll(
            Values.AnyLong(),
            bits =>
            {
                double value = BitConverter.Int64BitsToDouble(bits);
                double next = Math.BitIncrement(value);
                (
                    Values.Canonical(LogicalType.Float64, Bytes(bits))
                    == Values.Canonical(LogicalType.Float64, Bytes(BitConverter.DoubleToInt64Bits(next)))
                ).ShouldBe(value.Equals(next));
            }
        );

    [Fact]
    public void Every_subnormal_and_extreme_comes_back()
    {
        double[] values =
        [
            0,
            -0.0,
            double.Epsilon,
            -double.Epsilon,
            double.MaxValue,
            double.MinValue,
            2.2250738585072014e-308,
            2.225073858507201e-308,
            double.PositiveInfinity,
            double.NegativeInfinity,
            1e22,
            1e23,
            0.1,
            9007199254740993,
        ];
        foreach (double value in values)
        {
            Values.ShouldComeBack(LogicalType.Float64, Bytes(BitConverter.DoubleToInt64Bits(value)));
            Values.ShouldComeBack(LogicalType.Float32, Bytes(BitConverter.SingleToInt32Bits((float)value)));
        }
    }

    [Fact]
    public void Minus_zero_is_zero_though_its_bits_travel()
    {
        foreach (LogicalType type in Types)
        {
            Values.Parse(type, "-0").ShouldNotBe(Values.Parse(type, "0"));
            Values.Canonical(type, "-0").ShouldBe(Values.Canonical(type, "0"));
        }
    }

    [Fact]
    public void Every_NaN_is_one_value_and_a_parsed_one_has_the_bits_the_server_sends()
    {
        Values.Parse(LogicalType.Float64, "NaN").ShouldBe("7ff8000000000000");
        Values.Parse(LogicalType.Float32, "nan").ShouldBe("7fc00000");
        foreach (long bits in (long[])[0x7ff8000000000000, -1, 0x7ff0000000000001, -0x8000000000000])
        {
            Values.Canonical(LogicalType.Float64, Bytes(bits)).ShouldBe("nan");
        }

        foreach (int bits in new[] { 0x7fc00000, -1, 0x7f800001, unchecked((int)0xffc00000) })
        {
            Values.Canonical(LogicalType.Float32, Bytes(bits)).ShouldBe("nan");
        }
    }

    [Theory]
    [InlineData("1.5", "1.50")]
    [InlineData("1e3", "1000")]
    [InlineData("1E+3", "1e3")]
    [InlineData("+1", "1")]
    [InlineData(".5", "0.5")]
    [InlineData("infinity", "Infinity")]
    [InlineData("0e99", "0")]
    public void Two_notations_of_one_number_have_one_canonical_text(string left, string right)
    {
        foreach (LogicalType type in Types)
        {
            Values.Canonical(type, left).ShouldBe(Values.Canonical(type, right));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1\0")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1,5")]
    [InlineData("1,000.5")]
    [InlineData("0x1p3")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e-400")]
    [InlineData("-1e-400")]
    [InlineData("inf")]
    [InlineData("∞")]
    [InlineData("one")]
    [InlineData("(1)")]
    [InlineData("$1")]
    public void A_text_that_is_no_float_or_out_of_its_range_is_refused(string text)
    {
        foreach (LogicalType type in Types)
        {
            Values.ShouldBeRefused(type, text);
        }
    }

    [Theory]
    [InlineData("3.5e38")]
    [InlineData("-3.5e38")]
    [InlineData("1e-46")]
    public void A_number_out_of_the_range_of_singles_is_refused_by_them_alone(string text)
    {
        Values.ShouldBeRefused(LogicalType.Float32, text);
        Values.Parse(LogicalType.Float64, text).ShouldNotBeNull();
    }

    private static byte[] Bytes(long bits)
    {
        byte[] send = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(send, bits);
        return send;
    }

    private static byte[] Bytes(int bits)
    {
        byte[] send = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(send, bits);
        return send;
    }
}
