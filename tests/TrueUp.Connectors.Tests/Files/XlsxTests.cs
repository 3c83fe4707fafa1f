using System.IO.Compression;
using System.Text;
using TrueUp.Connectors.Files;
using TrueUp.Rows;
using TrueUp.Sides;
using static TrueUp.Connectors.Tests.Files.TestWorkbook;

namespace TrueUp.Connectors.Tests.Files;

public sealed class XlsxTests : XlsxFixture
{
    [Fact]
    public async Task Cells_keep_their_types()
    {
        string[] formats =
        [
            "0",
            "14",
            "yyyy\\-mm\\-dd\\ hh:mm",
            "20",
            "[h]:mm:ss",
            "#,##0.00 \"dm\"",
            "[Red]0;[Blue]\"y\"",
        ];
        var book = new TestWorkbook { Formats = formats };
        book.Sheet(
            "S",
            book.Shared("id")
                + Text("text")
                + Text("whole")
                + Text("float")
                + Text("bool")
                + Text("date")
                + Text("stamp")
                + Text("time")
                + Text("span"),
            book.Shared("00501")
                + Text("é €")
                + Number("42", 5)
                + Number("0.1", 6)
                + Typed("b", "1")
                + Number("40909", 1)
                + Number("40909.5", 2)
                + Number("0.5", 3)
                + Number("1.5", 4),
            Text("7")
                + Typed("str", "f")
                + Number("-1")
                + Number("0.30000000000000004")
                + Typed("b", "0")
                + Number("61", 1)
                + Number("40910", 2)
                + Number("0.521006944444444", 3)
                + Number("0.25", 4)
        );
        var read = await Read(book);
        read.Types.ShouldBe("text,text,int64,float64,bool,date,timestamp,time,interval");
        read.Rows.ShouldBe([
            ["00501", "é €", "42", "0.1", "true", "2012-01-01", "2012-01-01 12:00:00", "12:00:00", "PT129600S"],
            [
                "7",
                "f",
                "-1",
                "0.30000000000000004",
                "false",
                "1900-03-01",
                "2012-01-02 00:00:00",
                "12:30:15",
                "PT21600S",
            ],
        ]);
        read.Rejects.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_column_of_numbers_and_texts_is_text_as_displayed()
    {
        var book = new TestWorkbook { Formats = ["0", "14"] }.Sheet(
            "S",
            Text("a"),
            Number("5"),
            Text("x"),
            Number("0.00001"),
            Number("40909", 1),
            Typed("b", "1"),
            Number("1E+20")
        );
        var read = await Read(book);
        read.Types.ShouldBe("text");
        read.Rows.Select(r => r[0]).ShouldBe(["5", "x", "0.00001", "2012-01-01", "true", "100000000000000000000"]);
    }

    [Fact]
    public async Task Empty_cells_are_null_and_empty_rows_left_out()
    {
        var book = new TestWorkbook().RawSheet(
            "S",
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c><c r=\"C1\" t=\"str\"><v>c</v></c></row>"
                + "<row r=\"2\"/><row r=\"3\"><c r=\"A3\" s=\"0\"/></row>"
                + "<row r=\"5\"><c r=\"C5\"><v>1</v></c></row>"
                + "<row r=\"6\"><c r=\"A6\" t=\"str\"><v></v></c></row><row r=\"9\"><c r=\"A9\"><v>2</v></c></row>"
        );
        var read = await Read(book);
        read.Names.ShouldBe("a|c");
        read.Rows.ShouldBe([
            [null, "1"],
            ["2", null],
        ]);
        read.Ordinals.ShouldBe([1L, 2]);
    }

    [Fact]
    public async Task An_error_cell_rejects_its_record_with_the_row_of_the_sheet()
    {
        var book = new TestWorkbook().Sheet(
            "S",
            Text("a") + Text("b"),
            Number("1") + Number("2"),
            Number("3") + Typed("e", "#N/A"),
            "",
            Number("4") + Number("5")
        );
        var read = await Read(book);
        read.Types.ShouldBe("int64,int64");
        read.Rows.ShouldBe([
            ["1", "2"],
            ["4", "5"],
        ]);
        var reject = read.Rejects.Single();
        (reject.Issue, reject.Column, reject.Line, reject.Ordinal, reject.Raw).ShouldBe(
            ("invalid_format", "b", 3L, 2L, "3\t#N/A")
        );
        reject.Reason.ShouldContain("#N/A");
        reject.Key.ShouldBe([0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 3]);
    }

    [Fact]
    public async Task Sheets_are_found_by_name_or_number_and_the_header_by_row()
    {
        var book = new TestWorkbook()
            .Sheet("One", Text("a"), Number("1"))
            .Sheet("Two", Text("A title"), Text("b"), Number("2"));
        (await Read(book)).Names.ShouldBe("a");
        (await Read(book, ("sheet", "two"), ("header_row", "2"))).Rows.ShouldBe([
            ["2"],
        ]);
        (await Read(book, ("sheet", "2"), ("header_row", "2"))).Names.ShouldBe("b");
        var error = await Refusal(book.Build(), ("sheet", "Three"));
        error.Code.ShouldBe("sheet_missing");
        error.Suggestion.ShouldContain("'One', 'Two'");
    }

    [Fact]
    public async Task Runs_of_a_text_belong_together_and_phonetic_hints_do_not()
    {
        var book = new TestWorkbook();
        book.Sheet(
            "S",
            Text("a"),
            book.SharedXml(
                "<r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r><rPh sb=\"0\" eb=\"1\"><t>hint</t></rPh>"
            ),
            Text("line_x000D_\nend")
        );
        (await Read(book)).Rows.ShouldBe([
            ["rich text"],
            ["line\r\nend"],
        ]);
    }

    [Fact]
    public async Task Days_can_count_from_1904()
    {
        var book = new TestWorkbook { Formats = ["0", "14"], IsFrom1904 = true }.Sheet(
            "S",
            Text("a"),
            Number("0", 1),
            Number("39447", 1)
        );
        (await Read(book)).Rows.ShouldBe([
            ["1904-01-01"],
            ["2012-01-01"],
        ]);
    }

    [Fact]
    public async Task A_day_that_never_was_is_rejected()
    {
        var book = new TestWorkbook { Formats = ["0", "14"] }.Sheet(
            "S",
            Text("a"),
            Number("59", 1),
            Number("60", 1),
            Number("-1", 1),
            Number("2958466", 1),
            Number("2958465", 1)
        );
        var read = await Read(book);
        read.Rows.ShouldBe([
            ["1900-02-28"],
            ["9999-12-31"],
        ]);
        read.Rejects.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("yyyy-mm-dd", "date")]
    [InlineData("[$-409]mmm d, yyyy;@", "date")]
    [InlineData("mmmm", "date")]
    [InlineData("hh:mm AM/PM", "timestamp")]
    [InlineData("m/d/yy h:mm", "timestamp")]
    [InlineData("General", "int64")]
    [InlineData("0.00E+00", "int64")]
    [InlineData("\"days\" 0", "int64")]
    [InlineData("\\d0", "int64")]
    [InlineData("[Red][<100]0;0", "int64")]
    [InlineData("#,##0_d", "int64")]
    public async Task The_number_format_tells_a_date(string format, string type) =>
        (
            await Read(new TestWorkbook { Formats = ["0", format] }.Sheet("S", Text("a"), Number("40909", 1)))
        ).Types.ShouldBe(type);

    [Fact]
    public async Task All_mistakes_of_a_header_are_told_at_once()
    {
        var book = new TestWorkbook().Sheet(
            "S",
            Text("a") + Empty + Text("a") + Text(" "),
            Number("1") + Number("2") + Number("3") + Number("4") + Number("5")
        );
        var findings = (await Read(book)).Schema.Findings;
        findings.Select(f => f.Code).ShouldBe(["empty_header", "empty_header", "empty_header", "duplicate_header"]);
        findings[0].Message.ShouldContain("Column B");
    }

    [Fact]
    public async Task A_column_without_name_and_values_does_not_count() =>
        (
            await Read(new TestWorkbook().Sheet("S", Text("a") + Empty + Text("b"), Number("1") + Empty + Number("2")))
        ).Names.ShouldBe("a|b");

    [Fact]
    public async Task Declared_types_convert_cells_too()
    {
        var book = new TestWorkbook { Formats = ["0", "14", "22"] }.Sheet(
            "S",
            Text("id") + Text("price") + Text("day") + Text("written"),
            Number("1") + Number("12.345") + Number("40909", 2) + Text("31.01.2012")
        );
        var read = await Read(
            book.Build(),
            s =>
                [
                    new("id", "id", LogicalType.Text),
                    new("price", "price", LogicalType.DecimalOf(10, 2)) { Declared = true, Round = 2 },
                    new("day", "day", LogicalType.Date),
                    new("written", "written", LogicalType.Date) { Declared = true, Format = "dd.MM.yyyy" },
                ]
        );
        read.Rows.ShouldBe([
            ["1", "12.35", "2012-01-01", "2012-01-31"],
        ]);
    }

    [Fact]
    public async Task Without_rows_there_is_a_warning_and_without_a_header_a_refusal()
    {
        (await Read(new TestWorkbook().Sheet("S", Text("a")))).Schema.Findings.Single().Code.ShouldBe("header_only");
        (await Refusal(new TestWorkbook().Sheet("S").Build())).Code.ShouldBe("file_empty");
        (await Refusal(new TestWorkbook().Sheet("S", Empty, Number("1")).Build())).Code.ShouldBe("header_missing");
    }

    [Fact]
    public async Task What_is_no_workbook_is_told()
    {
        (await Refusal([])).Code.ShouldBe("file_empty");
        (await Refusal("a,b\n1,2\n"u8.ToArray())).Code.ShouldBe("not_a_workbook");
        (await Refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0])).Code.ShouldBe("workbook_encrypted");
        var content = new TestWorkbook().Sheet("S", Text("a"), Number("1")).Build();
        (await Refusal(content[..(content.Length / 2)])).Code.ShouldBe("workbook_damaged");
    }

    [Fact]
    public async Task A_zip_bomb_is_not_unpacked()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = zip.CreateEntry("xl/workbook.xml", CompressionLevel.Fastest).Open();
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
            for (var i = 0; i < 80; i++)
            {
                stream.Write(spaces);
            }
        }
        (await Refusal(buffer.ToArray())).Code.ShouldBeOneOf("workbook_too_large", "workbook_damaged");
    }

    [Fact]
    public async Task A_text_repeated_without_end_in_one_row_is_refused()
    {
        var book = new TestWorkbook();
        var cell = book.Shared(new string('x', 1 << 20));
        book.Sheet("S", Text("a"), string.Concat(Enumerable.Repeat(cell, 200)));
        (await Refusal(book.Build())).Code.ShouldBe("workbook_too_large");
    }

    [Fact]
    public async Task A_workbook_that_changes_is_noticed()
    {
        var path = Folder.Write("data.xlsx", new TestWorkbook().Sheet("S", Text("a"), Number("1")).Build());
        await using var source = new XlsxConnector().OpenSource(Side(path));
        var plan = FileReading.Plan(await source.DescribeAsync(default));
        await using var rows = await source.OpenAsync(plan, default);
        rows.Position.Kind.ShouldBe("file");
        Folder.Write("data.xlsx", new TestWorkbook().Sheet("S", Text("a"), Number("2")).Build());
        (await FileReading.Of(null!, plan, rows)).Rows.ShouldBe([
            ["1"],
        ]);
        (await Should.ThrowAsync<SideException>(async () => await rows.CheckUnchangedAsync(default))).Code.ShouldBe(
            "source_changed"
        );
        (await Should.ThrowAsync<SideException>(async () => await source.OpenAsync(plan, default))).Code.ShouldBe(
            "source_changed"
        );
    }

    [Fact]
    public async Task Every_reading_of_many_rows_gives_the_same()
    {
        var book = new TestWorkbook();
        book.Sheet(
            "S",
            [
                Text("id") + Text("name"),
                .. Enumerable.Range(1, 12_000).Select(i => Number($"{i}") + Text($"name {new string('x', i % 200)}")),
            ]
        );
        var path = Folder.Write("data.xlsx", book.Build());
        await using var source = new XlsxConnector().OpenSource(Side(path));
        var plan = FileReading.Plan(await source.DescribeAsync(default));
        await using var rows = await source.OpenAsync(plan, default);
        for (var pass = 0; pass < 2; pass++)
        {
            var read = await FileReading.Of(null!, plan, rows);
            read.Rows.Count.ShouldBe(12_000);
            read.Rows[^1].ShouldBe(["12000", "name "]);
            read.Ordinals[^1].ShouldBe(12_000);
        }
    }
}
