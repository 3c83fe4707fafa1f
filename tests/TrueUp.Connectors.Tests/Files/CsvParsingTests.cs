using System.Text;

namespace TrueUp.Connectors.Tests.Files;

public sealed class CsvParsingTests : CsvFixture
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Every_line_end_divides_records(string end)
    {
        var read = await Read($"a,b{end}1,x{end}{end}2,y{end}3,z");
        read.Rows.ShouldBe([
            ["1", "x"],
            ["2", "y"],
            ["3", "z"],
        ]);
        read.Ordinals.ShouldBe([1L, 2, 3]);
        read.Types.ShouldBe("int64,text");
    }

    [Fact]
    public async Task Quoted_fields_hold_delimiters_line_ends_and_doubled_quotes()
    {
        var read = await Read("a,b\r\n\"x,\"\"y\"\"\r\nz\",\"\"\"\"\r\n\"\",\n");
        read.Rows.ShouldBe([
            ["x,\"y\"\r\nz", "\""],
            ["", null],
        ]);
    }

    [Fact]
    public async Task A_quote_inside_an_unquoted_field_is_a_character_like_any_other() =>
        (await Read("a,b\n5\" pipe,x\"y\"\n")).Rows.ShouldBe([
            ["5\" pipe", "x\"y\""],
        ]);

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a;b\n1;2\n")]
    [InlineData("a\tb\n1\t2\n")]
    [InlineData("a|b\n1|2\n")]
    [InlineData("a;b\n\"1\";\"2\"\n\"x,y\";3\n")]
    public async Task The_delimiter_is_found(string content) => (await Read(content)).Names.ShouldBe("a|b");

    [Fact]
    public async Task Delimiter_quote_and_null_can_be_declared()
    {
        var read = await Read("a:b:c\n'x:y':\\N:\n", ("delimiter", ":"), ("quote", "'"), ("null", "\\N"));
        read.Rows.ShouldBe([
            ["x:y", null, ""],
        ]);
    }

    [Fact]
    public async Task Without_a_quote_character_quotes_are_text() =>
        (await Read("a,b\n\"x,y\n", ("quote", "none"))).Rows.ShouldBe([
            ["\"x", "y"],
        ]);

    [Fact]
    public async Task Without_a_header_columns_are_numbered()
    {
        var read = await Read("1,x\n2,y\n", ("header", "false"));
        read.Names.ShouldBe("column1|column2");
        read.Rows.ShouldBe([
            ["1", "x"],
            ["2", "y"],
        ]);
    }

    [Fact]
    public async Task Lines_before_the_header_can_be_left_out()
    {
        var read = await Read("Report \"of\nyesterday\r\n\na,b\n1,2\n3\n", ("skip_rows", "3"));
        read.Rows.ShouldBe([
            ["1", "2"],
        ]);
        read.Rejects.Single().Line.ShouldBe(6);
    }

    [Fact]
    public async Task Blanks_stay_unless_they_are_to_be_trimmed()
    {
        const string content = "a,b\n x ,\t\"y\" \n";
        (await Read(content)).Rows.ShouldBe([
            [" x ", "\t\"y\" "],
        ]);
        (await Read(content, ("trim", "true"))).Rows.ShouldBe([
            ["x", "y"],
        ]);
    }

    [Fact]
    public async Task An_empty_field_is_null_and_an_empty_quoted_field_is_empty_text()
    {
        var read = await Read("a,b\n,\"\"\nx,y\n");
        read.Rows.ShouldBe([
            [null, ""],
            ["x", "y"],
        ]);
    }

    [Fact]
    public async Task A_ragged_row_is_left_out_and_told_with_its_line_and_text()
    {
        var read = await Read("a,b\n1,\"x\ny\"\n2\n3,4,5\n6,7\n");
        read.Rows.ShouldBe([
            ["1", "x\ny"],
            ["6", "7"],
        ]);
        read.Ordinals.ShouldBe([1L, 4]);
        read.Rejects.Select(r => (r.Issue, r.Line, r.Ordinal, r.Raw))
            .ShouldBe([("ragged_row", 4L, 2L, "2"), ("ragged_row", 5L, 3L, "3,4,5")]);
        read.Rejects.ShouldAllBe(r => r.Key == null);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_rejects_what_remains()
    {
        var rest = string.Concat(Enumerable.Repeat("3,z\n", 2_000));
        var read = await Read($"a,b\n1,x\n2,\"y\n{rest}");
        read.Rows.ShouldBe([
            ["1", "x"],
        ]);
        var reject = read.Rejects.Single();
        (reject.Issue, reject.Line).ShouldBe(("unclosed_quote", 3L));
        reject.Reason.ShouldContain("line 3");
        reject.Raw!.Length.ShouldBeInRange(4_000, 4_097);
    }

    [Fact]
    public async Task Text_behind_a_closing_quote_rejects_the_record()
    {
        var read = await Read("a,b\n\"x\"y,1\n\"z\",2\n");
        read.Rows.ShouldBe([
            ["z", "2"],
        ]);
        read.Rejects.Single().Issue.ShouldBe("invalid_format");
    }

    [Fact]
    public async Task Invalid_UTF_8_rejects_its_record_with_its_key_and_bytes()
    {
        byte[] content = [.. "a,b\n1,M"u8, 0xFC, .. "ller\n2,Möller\n"u8];
        var read = await Read(content);
        read.Rows.ShouldBe([
            ["2", "Möller"],
        ]);
        var reject = read.Rejects.Single();
        (reject.Issue, reject.Line, reject.Raw).ShouldBe(("bad_encoding", 2L, "1,M\\xFCller"));
        reject.Key.ShouldBe([0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1]);
        read.Schema.Findings.Single().Code.ShouldBe("bad_encoding");
    }

    [Fact]
    public async Task A_NUL_byte_rejects_its_record() =>
        (await Read("a,b\n1,x\0\n2,y\n")).Rejects.Single().Issue.ShouldBe("invalid_format");

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16le", true)]
    [InlineData("utf-16le", false)]
    [InlineData("utf-16be", true)]
    [InlineData("utf-16be", false)]
    [InlineData("latin-1", false)]
    public async Task Every_encoding_gives_the_same_text(string encoding, bool mark)
    {
        Encoding dotnet = encoding switch
        {
            "utf-8" => new UTF8Encoding(mark),
            "utf-16le" => new UnicodeEncoding(bigEndian: false, mark),
            "utf-16be" => new UnicodeEncoding(bigEndian: true, mark),
            _ => Encoding.Latin1,
        };
        var more = encoding == "latin-1" ? "é" : "é€😀";
        var text = "nr,größe\r\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i},ü{more}\r\n"));
        byte[] content = [.. dotnet.GetPreamble(), .. dotnet.GetBytes(text)];
        var read = mark ? await Read(content) : await Read(content, ("encoding", encoding));
        read.Names.ShouldBe("nr|größe");
        read.Rows.Count.ShouldBe(30_000);
        read.Rows.ShouldAllBe(r => r[1] == "ü" + more);
    }

    [Fact]
    public async Task Half_a_character_of_UTF_16_rejects_its_record()
    {
        byte[] content =
        [
            .. Encoding.Unicode.GetBytes("a\n1\n"),
            0x00,
            0xD8,
            .. Encoding.Unicode.GetBytes("x\n2\n"),
            0x33,
        ];
        var read = await Read(content, ("encoding", "utf-16le"));
        read.Rows.ShouldBe([
            ["1"],
            ["2"],
        ]);
        read.Rejects.Select(r => r.Issue).ShouldBe(["bad_encoding", "bad_encoding"]);
    }

    [Fact]
    public async Task Windows_1252_has_the_euro_sign() =>
        (await Read([.. "a\n"u8, 0x80, 0xE4], ("encoding", "windows-1252"))).Rows.ShouldBe([
            ["€ä"],
        ]);

    [Fact]
    public async Task A_record_longer_than_the_limit_is_rejected_and_the_next_one_read()
    {
        var content = $"a,b\n1,\"{new string('x', 3_000_000)}\n\"\n2,y\n{new string('z', 70_000)}\n3,w\n";
        var path = Folder.Write("long.csv", content);
        var read = await FileReading.Of(new Connectors.Files.CsvConnector(), Side(path), rowBytesMax: 65_536);
        read.Rows.ShouldBe([
            ["2", "y"],
            ["3", "w"],
        ]);
        read.Rejects.Select(r => (r.Issue, r.Line, r.Ordinal))
            .ShouldBe([("row_too_large", 2L, 1L), ("row_too_large", 5L, 3L)]);
    }

    [Fact]
    public async Task A_field_larger_than_the_buffer_is_read_whole()
    {
        var large = new string('x', 5_000_000);
        (await Read($"a,b\n1,\"{large}\"\n2,y\n")).Rows.ShouldBe([
            ["1", large],
            ["2", "y"],
        ]);
    }
}
