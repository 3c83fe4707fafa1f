using FsCheck;
using FsCheck.Fluent;

namespace TrueUp.Connectors.Tests.Files;

public sealed class InferenceTests : CsvFixture
{
    [Theory]
    [InlineData("int64", "0", "-5", "123456789012345678")]
    [InlineData("decimal", "12.50", "-0.5", "7")]
    [InlineData("decimal", "12345678901234567890.12")]
    [InlineData("bool", "true", "false")]
    [InlineData("date", "2012-01-31", "0999-12-31")]
    [InlineData("timestamp", "2012-01-31 12:30:00", "2012-01-31 12:30:00.5")]
    [InlineData("timestamptz", "2012-01-31 12:30:00+00")]
    public async Task A_type_is_found_where_it_gives_every_text_back(string type, params string[] texts) =>
        (await TypeOf(texts)).ShouldBe(type);

    [Theory]
    [InlineData("00501")]
    [InlineData("1", "007")]
    [InlineData("-0")]
    [InlineData("-0.00")]
    [InlineData("+1")]
    [InlineData("1e5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("infinity")]
    [InlineData("TRUE")]
    [InlineData("true", "1")]
    [InlineData("t")]
    [InlineData("1234567890123456789")]
    [InlineData("1,234")]
    [InlineData("1.234,5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("00.5")]
    [InlineData("01.02.2012")]
    [InlineData("2012-02-30")]
    [InlineData("2012-01-31", "2012-01-31 12:00:00")]
    [InlineData("2012-01-31T12:30:00")]
    [InlineData("2012-01-31 12:30")]
    [InlineData("2012-01-31 12:30:00.50")]
    [InlineData("2012-01-31 12:30:00Z")]
    [InlineData("2012-01-31 12:30:00+02")]
    [InlineData("0001-01-01 BC")]
    [InlineData("12:30:00")]
    [InlineData(" 1")]
    [InlineData("1", "x")]
    [InlineData("1", "2012-01-31")]
    [InlineData("7d444840-9dc0-11d1-b245-5ffdce74fad2", "x")]
    public async Task When_in_doubt_it_is_text(params string[] texts) => (await TypeOf(texts)).ShouldBe("text");

    [Fact]
    public async Task A_column_without_a_value_is_text() => (await Read("a,b\n1,\n2,\n")).Types.ShouldBe("int64,text");

    [Fact]
    public async Task Nulls_do_not_count_but_empty_texts_do() =>
        (await Read("a,b\n1,1\n,\"\"\n3,3\n")).Types.ShouldBe("int64,text");

    [Fact]
    public async Task A_value_at_the_very_end_decides_too()
    {
        var content = "a\n" + string.Concat(Enumerable.Range(1, 100_000).Select(i => $"{i}\n")) + "00501\n";
        (await Read(content)).Types.ShouldBe("text");
    }

    [Fact]
    public void Reading_with_the_types_found_and_writing_back_gives_the_texts() =>
        Prop.ForAll(Columns().ToArbitrary(), texts => RoundTrips(texts).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Gen<string[]> Columns()
    {
        var digit = Gen.Elements("0123456789".ToCharArray());
        var digits = Gen.Choose(1, 22).SelectMany(n => Gen.ArrayOf(digit, n)).Select(d => new string(d));
        var signed = Gen.Elements("", "", "-", "+").SelectMany(sign => digits, (sign, number) => sign + number);
        var point = signed.SelectMany(_ => digits, (whole, fraction) => $"{whole}.{fraction}");
        var day = Gen.Choose(1, 40).SelectMany(_ => Gen.Choose(1, 13), (d, m) => $"20{d:D2}-{m:D2}-{d:D2}");
        var time = Gen.Choose(0, 61).SelectMany(_ => Gen.Choose(0, 25), (m, h) => $"{h:D2}:{m:D2}:{m:D2}");
        var zone = Gen.Elements("", "", ".5", ".50", ".123456", "Z", "+00", "+02");
        var stamp = day.SelectMany(_ => time, (d, t) => $"{d} {t}").SelectMany(_ => zone, (s, z) => s + z);
        var word = Gen.Elements(
            "true",
            "false",
            "TRUE",
            "NaN",
            "1e5",
            "x",
            "",
            " ",
            "\"",
            ",",
            "\n",
            "-",
            ".",
            "infinity",
            "é"
        );
        var small = Gen.Choose(-1000, 1000).Select(i => i.ToString());
        Gen<string>[] kinds = [small, small, signed, point, day, stamp, time, word, Gen.Elements("true", "false")];
        return Gen.Elements(kinds)
            .SelectMany(main => Gen.Choose(1, 8).SelectMany(n => Gen.ArrayOf(Mixed(main, kinds), n)));
    }

    // Mostly one kind, so that types other than text are found, with now and then a stranger.
    private static Gen<string> Mixed(Gen<string> main, Gen<string>[] kinds) =>
        Gen.Frequency((12, main), (1, Gen.Elements(kinds).SelectMany(k => k)));

    private async Task<bool> RoundTrips(string[] texts)
    {
        var read = await Read("a\n" + string.Concat(texts.Select(Quoted)));
        return read.Rejects.Count == 0 && read.Rows.Select(r => r[0]).SequenceEqual(texts);
    }

    private async Task<string> TypeOf(string[] texts)
    {
        var read = await Read("a\n" + string.Concat(texts.Select(Quoted)));
        read.Rows.Select(r => r[0]).ShouldBe(texts);
        return read.Types;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"")}\"\n";
}
