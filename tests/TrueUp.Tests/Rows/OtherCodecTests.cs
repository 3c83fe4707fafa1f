using System.Text;
using FsCheck.Fluent;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

/// <summary>Booleans, bytes, identifiers, text, JSON and raw values.</summary>
public sealed class OtherCodecTests
{
    [Theory]
    [InlineData("true", "01")]
    [InlineData("T", "01")]
    [InlineData("1", "01")]
    [InlineData("Yes", "01")]
    [InlineData("false", "00")]
    [InlineData("f", "00")]
    [InlineData("0", "00")]
    [InlineData("NO", "00")]
    public void A_bool_has_a_few_spellings(string text, string send)
    {
        Values.Parse(LogicalType.Bool, text).ShouldBe(send);
        Values.ShouldComeBack(LogicalType.Bool, Values.Send(LogicalType.Bool, text));
        Values.Canonical(LogicalType.Bool, text).ShouldBe(send == "01" ? "t" : "f");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" true")]
    [InlineData("true ")]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("tr")]
    [InlineData("y")]
    [InlineData("on")]
    [InlineData("1\0")]
    [InlineData("wahr")]
    public void A_text_that_is_no_bool_is_refused(string text) => Values.ShouldBeRefused(LogicalType.Bool, text);

    [Fact]
    public void Any_bytes_come_back_and_are_digested_as_hexadecimal() =>
        Values.ForAll(
            Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(),
            bytes =>
            {
                Values.ShouldComeBack(LogicalType.Bytes, bytes);
                Values.Canonical(LogicalType.Bytes, bytes).ShouldBe(Convert.ToHexStringLower(bytes));
                Values.Display(LogicalType.Bytes, bytes).ShouldBe($"\\x{Convert.ToHexStringLower(bytes)}");
            }
        );

    [Theory]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(1_000_000)]
    public void Many_bytes_come_back(int length)
    {
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        Values.ShouldComeBack(LogicalType.Bytes, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("\\X00")]
    [InlineData("\\x0")]
    [InlineData("\\x0g")]
    [InlineData("\\x00 ")]
    [InlineData(" \\x00")]
    [InlineData("\\x00 11")]
    [InlineData("0x00")]
    [InlineData("\\000")]
    public void A_text_that_is_no_hexadecimal_is_refused(string text) =>
        Values.ShouldBeRefused(LogicalType.Bytes, text);

    [Fact]
    public void Any_uuid_comes_back_and_shows_as_dotnet_shows_it() =>
        Values.ForAll(
            Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(16),
            bytes =>
            {
                Values.ShouldComeBack(LogicalType.Uuid, bytes);
                Values.Canonical(LogicalType.Uuid, bytes).ShouldBe(new Guid(bytes, bigEndian: true).ToString());
                string upper = new Guid(bytes, bigEndian: true).ToString().ToUpperInvariant();
                Values.Send(LogicalType.Uuid, upper).ShouldBe(bytes);
            }
        );

    [Theory]
    [InlineData("")]
    [InlineData("0198c2d4-7f3a-7c11-a0b1-9d5f0e6a7b8")]
    [InlineData("0198c2d4-7f3a-7c11-a0b1-9d5f0e6a7b8c0")]
    [InlineData("0198c2d4-7f3a-7c11-a0b1-9d5f0e6a7b8g")]
    [InlineData("{0198c2d4-7f3a-7c11-a0b1-9d5f0e6a7b8c}")]
    [InlineData("0198c2d47f3a7c11a0b19d5f0e6a7b8c")]
    [InlineData(" 0198c2d4-7f3a-7c11-a0b1-9d5f0e6a7b8c")]
    [InlineData("0198c2d4-7f3a-7c11-a0b1-9d5f0e6a7b8c ")]
    [InlineData("0198c2d4-7f3a-7c11-a0b1-9d5f0e6a7b8c\0")]
    public void A_text_that_is_no_uuid_is_refused(string text) => Values.ShouldBeRefused(LogicalType.Uuid, text);

    [Fact]
    public void Text_is_kept_byte_by_byte() =>
        Values.ForAll(
            Values.AnyText(),
            text =>
            {
                foreach (LogicalType type in new[] { LogicalType.Text, LogicalType.Raw("public.mood") })
                {
                    Values.Send(type, text).ShouldBe(Encoding.UTF8.GetBytes(text));
                    Values.Canonical(type, text).ShouldBe(text);
                    Values.ShouldComeBack(type, Encoding.UTF8.GetBytes(text));
                }
            }
        );

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc3 })]
    [InlineData(new byte[] { 0x61, 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0xc0, 0x80 })]
    public void Bytes_that_are_not_UTF8_are_no_text(byte[] bytes)
    {
        foreach (LogicalType type in new[] { LogicalType.Text, LogicalType.Json, LogicalType.Raw("xml") })
        {
            Values.TryParse(type, bytes, out _).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(" [1, 2.50, -0e9, null, true] ")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("\"\\ud800\"")]
    public void JSON_is_kept_as_it_is_written(string text)
    {
        Values.Send(LogicalType.Json, text).ShouldBe(Encoding.UTF8.GetBytes(text));
        Values.Canonical(LogicalType.Json, text).ShouldBe(text);
    }

    [Fact]
    public void JSON_may_be_nested_deeply()
    {
        string text = new string('[', 3000) + new string(']', 3000);
        Values.Send(LogicalType.Json, text).Length.ShouldBe(6000);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("[1,]")]
    [InlineData("[1] [2]")]
    [InlineData("/* */ 1")]
    [InlineData("01")]
    [InlineData("NaN")]
    [InlineData("text")]
    [InlineData("\"a\nb\"")]
    [InlineData("\ufeff{}")]
    public void A_text_that_is_no_JSON_is_refused(string text) => Values.ShouldBeRefused(LogicalType.Json, text);
}
