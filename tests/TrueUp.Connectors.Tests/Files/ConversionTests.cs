using TrueUp.Connectors.Files;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Tests.Files;

public sealed class ConversionTests : CsvFixture
{
    [Theory]
    [InlineData("int64", "5", "5")]
    [InlineData("int64", "00501", null)]
    [InlineData("int64", "+5", null)]
    [InlineData("int64", "-0", null)]
    [InlineData("int64", "9223372036854775807", "9223372036854775807")]
    [InlineData("int64", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("int64", "9223372036854775808", null)]
    [InlineData("int32", "2147483647", "2147483647")]
    [InlineData("int32", "2147483648", null)]
    [InlineData("int16", "-32768", "-32768")]
    [InlineData("int16", "-32769", null)]
    [InlineData("decimal", "12.50", "12.50")]
    [InlineData("decimal", "1e5", null)]
    [InlineData("decimal(4,2)", "12.50", "12.50")]
    [InlineData("decimal(4,2)", "12.5", "12.5")]
    [InlineData("decimal(4,2)", "12.505", null)]
    [InlineData("decimal(4,2)", "123.4", null)]
    [InlineData("float64", "12.50", "12.5")]
    [InlineData("float64", "0.0", "0")]
    [InlineData("float64", "0.1", "0.1")]
    [InlineData("float64", "007", null)]
    [InlineData("float64", "0.12345678901234567890", null)]
    [InlineData("float64", "1e5", "100000")]
    [InlineData("bool", "true", "true")]
    [InlineData("bool", "F", "false")]
    [InlineData("bool", "1", null)]
    [InlineData("bool", "yes", null)]
    [InlineData("date", "2012-01-31", "2012-01-31")]
    [InlineData("date", "31.01.2012", null)]
    [InlineData("timestamp", "2012-01-31T12:30:00", "2012-01-31 12:30:00")]
    [InlineData("timestamp", "2012-01-31", "2012-01-31 00:00:00")]
    [InlineData("timestamptz", "2012-01-31T12:30:00+02:00", "2012-01-31 10:30:00+00")]
    [InlineData("timestamptz", "2012-01-31T12:30:00", null)]
    [InlineData("time", "12:30", "12:30:00")]
    [InlineData("uuid", "7D444840-9DC0-11D1-B245-5FFDCE74FAD2", "7d444840-9dc0-11d1-b245-5ffdce74fad2")]
    [InlineData("json", "{\"a\": [1,2]}", "{\"a\": [1,2]}")]
    [InlineData("json", "{\"a\": [1,2}", null)]
    [InlineData("bytes", "\\x00ff", "\\x00ff")]
    [InlineData("text", "00501", "00501")]
    public Task An_undeclared_type_takes_only_texts_that_lose_nothing(string type, string text, string? expected) =>
        Converts(type, text, expected, isDeclared: false);

    [Theory]
    [InlineData("int64", "00501", "501")]
    [InlineData("int64", " +5 ", "5")]
    [InlineData("int64", "x", null)]
    [InlineData("decimal", "1e5", "100000")]
    [InlineData("bool", "yes", "true")]
    [InlineData("bool", "0", "false")]
    [InlineData("float64", "0.12345678901234567890", "0.12345678901234568")]
    public Task A_declared_type_takes_every_notation(string type, string text, string? expected) =>
        Converts(type, text, expected, isDeclared: true);

    [Theory]
    [InlineData("date", "dd.MM.yyyy", "31.01.2012", "2012-01-31")]
    [InlineData("date", "dd.MM.yyyy", "31.02.2012", null)]
    [InlineData("date", "MM/dd/yyyy", "12/25/1999", "1999-12-25")]
    [InlineData("timestamp", "dd.MM.yyyy HH:mm", "31.01.2012 13:05", "2012-01-31 13:05:00")]
    [InlineData("timestamptz", "yyyy-MM-dd HH:mm zzz", "2012-01-31 13:05 +01:00", "2012-01-31 12:05:00+00")]
    [InlineData("timestamptz", "yyyyMMddHHmmss", "20120131130500", "2012-01-31 13:05:00+00")]
    [InlineData("time", "hh:mm tt", "01:05 PM", "13:05:00")]
    [InlineData("decimal", "#,##0.00", "1,234,567.80", "1234567.80")]
    [InlineData("decimal", "#,##0.00", "12,34.5", null)]
    [InlineData("decimal", "#,##0", "1,234", "1234")]
    [InlineData("decimal", "#.##0,00", "-1.234,50", "-1234.50")]
    [InlineData("decimal", "0,00", "12,5", "12.5")]
    [InlineData("int64", "#,##0", "12,345", "12345")]
    [InlineData("int64", "#,##0", "1,2345", null)]
    [InlineData("float64", "0,0", "12,25", "12.25")]
    public Task A_declared_notation_is_read(string type, string format, string text, string? expected) =>
        Converts(type, text, expected, isDeclared: true, format);

    [Theory]
    [InlineData("decimal", 2, "1.005", "1.01")]
    [InlineData("decimal", 2, "-1.005", "-1.01")]
    [InlineData("decimal", 1, "9.96", "10.0")]
    [InlineData("decimal", 0, "-9.5", "-10")]
    [InlineData("decimal", 2, "1.5", "1.5")]
    [InlineData("decimal(4,2)", 2, "12.505", "12.51")]
    [InlineData("decimal", 3, "1.23456e1", "12.346")]
    [InlineData("float64", 1, "0.25", "0.3")]
    [InlineData("int32", 0, "2.5", "3")]
    public Task Declared_rounding_is_half_away_from_zero(string type, int round, string text, string expected) =>
        Converts(type, text, expected, isDeclared: true, round: round);

    [Fact]
    public async Task A_value_of_the_wrong_type_rejects_its_record_with_column_and_key()
    {
        var read = await Read(
            "a,b\n1,2\nx,3\n2,y\n",
            s => s.Columns.Select(c => new PlannedColumn(c.Name, c.Name.ToUpperInvariant(), LogicalType.Int32))
        );
        read.Rows.ShouldBe([
            ["1", "2"],
        ]);
        read.Rejects.Select(r => (r.Issue, r.Column, r.Line, r.Raw))
            .ShouldBe([("invalid_format", "A", 3L, "x,3"), ("invalid_format", "B", 4L, "2,y")]);
        read.Rejects[0].Key.ShouldBeNull();
        read.Rejects[1].Key.ShouldBe([0, 1, 0, 0, 0, 4, 0, 0, 0, 2]);
        read.Rejects[1].Reason.ShouldNotContain("'y'");
    }

    [Fact]
    public async Task An_empty_quoted_field_is_null_where_no_text_can_be()
    {
        var read = await Read(
            "a,b\n\"\",\"\"\n",
            s => [new("a", "a", LogicalType.Int64), new("b", "b", LogicalType.Text)]
        );
        read.Rows.ShouldBe([
            [null, ""],
        ]);
    }

    [Fact]
    public async Task With_a_text_for_null_an_empty_field_is_no_number()
    {
        var read = await Read(
            "a,b\n1,\n2,NA\n",
            s => [new("a", "a", LogicalType.Int64), new("b", "b", LogicalType.Int64)],
            ("null", "NA")
        );
        read.Rows.ShouldBe([
            ["2", null],
        ]);
        read.Rejects.Single().Issue.ShouldBe("invalid_format");
    }

    [Fact]
    public async Task Columns_can_be_left_out_renamed_and_used_twice()
    {
        var read = await Read(
            "a,b,c\n1,2,3\n",
            s => [new("c", "x", LogicalType.Text), new("a", "y", LogicalType.Int16), new("a", "z", LogicalType.Text)]
        );
        read.Rows.ShouldBe([
            ["3", "1", "1"],
        ]);
    }

    [Fact]
    public void Texts_can_be_given_in_every_carrier_but_those_of_one_database()
    {
        var source = new CsvConnector().OpenSource(Side("x.csv"));
        var column = new Column("a", LogicalType.Text);
        source.CanGive(column, LogicalType.Int16).ShouldBeTrue();
        source.CanGive(column, LogicalType.Json).ShouldBeTrue();
        source.CanGive(column, LogicalType.Json with { Native = "jsonb" }).ShouldBeFalse();
        source.CanGive(column, LogicalType.Raw("inet")).ShouldBeFalse();
    }

    private async Task Converts(
        string type,
        string text,
        string? expected,
        bool isDeclared,
        string? format = null,
        int? round = null
    )
    {
        LogicalType.TryParse(type, out var carrier).ShouldBeTrue();
        var read = await Read(
            $"k,a\n1,\"{text.Replace("\"", "\"\"")}\"\n",
            _ =>
                [
                    new("k", "k", LogicalType.Int64),
                    new("a", "a", carrier)
                    {
                        Declared = isDeclared,
                        Format = format,
                        Round = round,
                    },
                ],
            ("delimiter", ",")
        );
        if (expected is null)
        {
            read.Rows.ShouldBeEmpty();
            read.Rejects.Single().Issue.ShouldBe("invalid_format");
        }
        else
        {
            read.Rejects.ShouldBeEmpty();
            read.Rows.Single()[1].ShouldBe(expected);
        }
    }
}
