using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

public sealed class DecimalCodecTests
{
    private static readonly Gen<string> Digits = Gen.Choose(0, 40)
        .SelectMany(length =>
            Gen.Elements("0000", "0001", "1000", "9999", "12", "0", "7")
                .ListOf()
                .Select(parts => string.Concat(parts))
                .Select(text => text[..Math.Min(text.Length, length)])
        );

    /// <summary>Decimal texts without exponent, with zeros in every place.</summary>
    private static readonly Gen<string> Texts =
        from sign in Gen.Elements("", "-", "+")
        from whole in Digits
        from fraction in Digits
        select $"{sign}{whole}{(whole.Length == 0 ? "0" : "")}{(fraction.Length > 0 ? "." : "")}{fraction}";

    [Fact]
    public void A_decimal_comes_back_through_its_display_text_with_its_trailing_zeros() =>
        Values.ForAll(
            Texts,
            text => Values.ShouldComeBack(LogicalType.Decimal, Values.Send(LogicalType.Decimal, text)),
            5000
        );

    [Fact]
    public void The_display_text_is_the_number_written_plainly() =>
        Values.ForAll(
            Texts,
            text =>
            {
                string whole = text.TrimStart('-', '+').Split('.')[0].TrimStart('0');
                string fraction = text.Contains('.') ? text[text.IndexOf('.')..] : "";
                string plain = $"{(whole.Length == 0 ? "0" : whole)}{fraction}";
                bool negative = text[0] == '-' && plain.Any(c => c is >= '1' and <= '9');
                Values
                    .Display(LogicalType.Decimal, Values.Send(LogicalType.Decimal, text))
                    .ShouldBe(negative ? $"-{plain}" : plain);
            },
            5000
        );

    [Fact]
    public void Decimals_of_dotnet_have_the_same_value_and_scale()
    {
        Gen<decimal> decimals =
            from low in Values.AnyLong()
            from high in Values.AnyLong()
            from negative in Gen.Elements(true, false)
            from scale in Gen.Choose(0, 28)
            select new decimal((int)low, (int)(low >> 32), (int)high, negative, (byte)scale);
        Values.ForAll(
            decimals,
            value =>
            {
                string text = value.ToString(CultureInfo.InvariantCulture);
                byte[] send = Values.Send(LogicalType.Decimal, text);
                decimal.Parse(Values.Display(LogicalType.Decimal, send), CultureInfo.InvariantCulture).ShouldBe(value);
                BinaryPrimitives.ReadInt16BigEndian(send.AsSpan(6)).ShouldBe(value.Scale);
                decimal.Parse(Values.Canonical(LogicalType.Decimal, send), CultureInfo.InvariantCulture)
                    .ShouldBe(value);
            },
            5000
        );
    }

    [Fact]
    public void Canonical_texts_are_equal_exactly_where_the_values_are() =>
        Values.ForAll(
            Texts.Two(),
            pair =>
            {
                (string left, string right) = pair;
                (Values.Canonical(LogicalType.Decimal, left) == Values.Canonical(LogicalType.Decimal, right)).ShouldBe(
                    Scaled(left) == Scaled(right)
                );
                Values
                    .Canonical(LogicalType.Decimal, left)
                    .ShouldBe(Values.Canonical(LogicalType.Decimal, left.Contains('.') ? $"{left}00" : $"{left}.00"));
            },
            5000
        );

    [Fact]
    public void An_exponent_moves_the_point_and_nothing_else()
    {
        Gen<(string, int)> cases = Texts.SelectMany(text => Gen.Choose(-60, 60).Select(exponent => (text, exponent)));
        Values.ForAll(
            cases,
            c =>
            {
                byte[] send = Values.Send(LogicalType.Decimal, $"{c.Item1}e{c.Item2}");
                string shown = Values.Display(LogicalType.Decimal, send);
                BigInteger moved = Scaled(c.Item1) * BigInteger.Pow(10, c.Item2 + 60);
                Scaled(shown).ShouldBe(BigInteger.Divide(moved, BigInteger.Pow(10, 60)));
                Values.ShouldComeBack(LogicalType.Decimal, send);
            },
            5000
        );
    }

    [Theory] // What numeric_send of a server gives.
    [InlineData("0", "0000000000000000")]
    [InlineData("0.00", "0000000000000002")]
    [InlineData("-0.00", "0000000000000002")]
    [InlineData("1", "00010000000000000001")]
    [InlineData("-12.50", "000200004000000 2000c1388")]
    [InlineData("10000", "00010001000000000001")]
    [InlineData("99999999.9999", "000300010000000 4270f270f270f")]
    [InlineData("1e-20", "0001fffb000000140001")]
    [InlineData("0.0001", "0001ffff000000040001")]
    [InlineData("0.00001", "0001fffe0000000503e8")]
    [InlineData("1e20", "00010005000000000001")]
    [InlineData("NaN", "00000000c0000000")]
    [InlineData("Infinity", "00000000d0000020")]
    [InlineData("-infinity", "00000000f0000020")]
    public void A_text_has_the_bytes_of_the_server(string text, string send) =>
        Values.Parse(LogicalType.Decimal, text).ShouldBe(send.Replace(" ", ""));

    [Fact]
    public void The_longest_numbers_a_server_holds_come_back_and_longer_ones_are_refused()
    {
        string[] longest =
        [
            new('9', 131_072),
            $"-{new string('9', 131_072)}.{new string('9', 16_383)}",
            $"0.{new string('0', 16_382)}1",
            $"1e131071",
            "1e-16383",
            $"1{new string('0', 131_071)}.{new string('0', 16_382)}1",
        ];
        foreach (string text in longest)
        {
            Values.ShouldComeBack(LogicalType.Decimal, Values.Send(LogicalType.Decimal, text));
        }

        string[] longer = [new('9', 131_073), "1e131072", "1e-16384", $"0.{new string('0', 16_384)}"];
        foreach (string text in longer)
        {
            Values.Parse(LogicalType.Decimal, text).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(12, 2, "9999999999.99")]
    [InlineData(12, 2, "-9999999999.99")]
    [InlineData(12, 2, "1.5000")]
    [InlineData(12, 2, "0012.50")]
    [InlineData(12, 2, "1e9")]
    [InlineData(3, 3, "0.999")]
    [InlineData(2, 4, "0.0099")]
    [InlineData(2, 4, "0")]
    [InlineData(2, 4, "-0.0001")]
    [InlineData(5, 0, "99999.000")]
    public void A_number_within_precision_and_scale_is_taken(int precision, int scale, string text) =>
        Values.Parse(LogicalType.DecimalOf(precision, scale), text).ShouldNotBeNull();

    [Theory]
    [InlineData(12, 2, "10000000000")]
    [InlineData(12, 2, "1.005")]
    [InlineData(12, 2, "1e10")]
    [InlineData(12, 2, "1e-3")]
    [InlineData(3, 3, "1")]
    [InlineData(2, 4, "0.01")]
    [InlineData(2, 4, "0.00001")]
    [InlineData(2, 4, "1")]
    [InlineData(5, 0, "0.5")]
    public void A_number_beyond_precision_or_scale_is_refused_not_rounded(int precision, int scale, string text) =>
        Values.ShouldBeRefused(LogicalType.DecimalOf(precision, scale), text);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1\0")]
    [InlineData("1e5\0")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("1,000")]
    [InlineData("1e")]
    [InlineData("e1")]
    [InlineData("1e1.5")]
    [InlineData("1e999999999999")]
    [InlineData("--1")]
    [InlineData("0x1")]
    [InlineData("+Infinity ")]
    [InlineData("one")]
    public void A_text_that_is_no_decimal_is_refused(string text) => Values.ShouldBeRefused(LogicalType.Decimal, text);

    // The value as a whole number of 10^-170: enough places for every generated text with its exponent.
    private static BigInteger Scaled(string text)
    {
        int point = text.IndexOf('.');
        int places = point < 0 ? 0 : text.Length - point - 1;
        return BigInteger.Parse(text.Replace(".", ""), CultureInfo.InvariantCulture) * BigInteger.Pow(10, 170 - places);
    }
}
