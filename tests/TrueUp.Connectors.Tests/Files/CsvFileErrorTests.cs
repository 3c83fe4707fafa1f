using TrueUp.Connectors.Files;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Tests.Files;

public sealed class CsvFileErrorTests : CsvFixture
{
    [Fact]
    public async Task A_missing_file_is_told_with_names_like_it()
    {
        Folder.Write("sellers.csv", "a\n1\n");
        var error = await Refusal(Folder.File("selers.csv"));
        error.Code.ShouldBe("file_missing");
        error.Suggestion.ShouldContain("'sellers.csv'");
    }

    [Fact]
    public async Task A_folder_is_no_file() => (await Refusal(Folder.Path)).Code.ShouldBe("not_a_file");

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\r\n\n")]
    public async Task A_file_without_content_is_told(string content) =>
        (await Refusal(Folder.Write("empty.csv", content))).Code.ShouldBe("file_empty");

    [Fact]
    public async Task A_file_that_may_not_be_read_is_told()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "The super-user may read everything.");
        var path = Folder.Write("secret.csv", "a\n1\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
            (await Refusal(path)).Code.ShouldBe("permission_denied");
        }
    }

    [Fact]
    public async Task All_mistakes_of_a_header_are_told_at_once()
    {
        var findings = (await Read("a,,b,a, ,b\n1,2,3,4,5,6\n")).Schema.Findings;
        findings.Select(f => f.Code).ShouldBe(["empty_header", "empty_header", "duplicate_header", "duplicate_header"]);
        findings.ShouldAllBe(f => f.IsError && f.Suggestion.Length > 0 && f.Line == 1);
    }

    [Fact]
    public async Task What_is_said_about_a_header_does_not_grow_with_it()
    {
        var name = new string('x', 5_000);
        var header = string.Join(',', Enumerable.Repeat(name, 3).Concat(Enumerable.Repeat("y", 2_000)));
        var findings = (await Read($"{header}\n")).Schema.Findings;
        findings.Count(f => f.Code == "duplicate_header").ShouldBe(2);
        findings.ShouldAllBe(f => f.Message.Length < 300 && (f.Path ?? "").Length < 300);
    }

    [Fact]
    public async Task A_header_without_records_is_a_warning()
    {
        var read = await Read("a,b\n");
        read.Rows.ShouldBeEmpty();
        var finding = read.Schema.Findings.Single();
        (finding.Code, finding.IsError).ShouldBe(("header_only", false));
    }

    [Fact]
    public async Task UTF_16_without_a_mark_is_told_in_the_header()
    {
        var finding = (await Read(System.Text.Encoding.Unicode.GetBytes("a,b\n1,2\n"))).Schema.Findings.First(f =>
            f.IsError
        );
        finding.Code.ShouldBe("bad_encoding");
        finding.Suggestion.ShouldContain("utf-16le");
    }

    [Fact]
    public void All_bad_options_are_told_at_once()
    {
        var side = Side(
            "x.csv",
            ("delimiter", "ab"),
            ("quote", "xx"),
            ("header", "perhaps"),
            ("skip_rows", "-1"),
            ("encoding", "ebcdic")
        );
        var findings = new CsvConnector().Validate(side.Without("path"), SideRole.Source).ToList();
        findings
            .Select(f => f.Path)
            .ShouldBe(["path", "delimiter", "quote", "header", "skip_rows", "encoding"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_plan_with_a_column_the_file_lacks_is_refused()
    {
        await using var source = new CsvConnector().OpenSource(Side(Folder.Write("data.csv", "a\n1\n")));
        var plan = new RowPlan([new PlannedColumn("z", "z", LogicalType.Text)], [0]);
        (await Should.ThrowAsync<SideException>(async () => await source.OpenAsync(plan, default))).Code.ShouldBe(
            "column_missing"
        );
    }

    [Fact]
    public async Task A_file_is_one_unit_named_like_itself()
    {
        var unit = (await new CsvConnector().UnitsAsync(Side("/data/sellers.csv"), default)).Single();
        (unit.Name, unit.TargetTable).ShouldBe(("", "sellers"));
    }

    private static async Task<SideException> Refusal(string path)
    {
        await using var source = new CsvConnector().OpenSource(Side(path));
        return await Should.ThrowAsync<SideException>(async () => await source.DescribeAsync(default));
    }
}
