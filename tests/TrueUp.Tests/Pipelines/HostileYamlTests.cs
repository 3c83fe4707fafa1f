using System.Text;
using TrueUp.Pipelines;
using TrueUp.Testing;

namespace TrueUp.Tests.Pipelines;

public sealed class HostileYamlTests
{
    public static TheoryData<string, string> Texts =>
        new()
        {
            { "", "empty_file" },
            { "# nothing but a comment\n", "empty_file" },
            { "---\n", "empty_file" },
            { "~", "empty_file" },
            { "just words", "bad_yaml" },
            { "- a\n- b\n", "bad_yaml" },
            { "name: a\n\tsource: b\n", "bad_yaml" },
            { "name: 'open\n", "bad_yaml" },
            { "name: [a, b\n", "bad_yaml" },
            { "name: a\n---\nname: b\n", "bad_yaml" },
            { "name: &x a\nkey: *x\n", "bad_yaml" },
            { "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "bad_yaml" },
            { "name: !!binary aGk=\n", "bad_yaml" },
            { "? [a, b]\n: c\n", "bad_yaml" },
            { "%YAML 9.9\n---\nname: a\n", "bad_yaml" },
            { "name: \"\\q\"\n", "bad_yaml" },
            { "name: \"\\uD800\"\n", "" },
            { "a\0b: c\n", "not_text" },
            { new string('[', 100_000), "bad_yaml" },
            { string.Concat(Enumerable.Repeat("{a: ", 50_000)), "bad_yaml" },
            { string.Concat(Enumerable.Repeat("- ", 200_000)), "bad_yaml" },
            { string.Concat(Enumerable.Repeat("? ", 100_000)), "bad_yaml" },
            { "key: [" + string.Join(",", Enumerable.Repeat("a", 100_000)) + "]", "bad_yaml" },
            { "name: a\nname: b\n", "duplicate_key" },
        };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void A_hostile_text_is_a_finding(string text, string code)
    {
        var reading = Reading.Read(text);

        reading.Pipeline.ShouldBeNull();
        reading.Findings.ShouldNotBeEmpty();
        if (code.Length > 0)
        {
            reading.Findings.ShouldContain(f => f.Code == code && f.Suggestion.Length > 0 && f.Line > 0);
        }
    }

    [Fact]
    public void A_tab_is_named_as_such() =>
        Reading
            .Only("name: a\n\tsource: b\n")
            .ShouldSatisfyAllConditions(f => f.Line.ShouldBe(2), f => f.Suggestion.ShouldContain("spaces"));

    [Fact]
    public void A_huge_value_is_read_in_time()
    {
        var reading = Reading.Read(Reading.Least + "updated_at: " + new string('x', 900_000));

        reading.Findings.Select(f => f.Path).ShouldContain("updated_at");
        reading.Findings.ShouldAllBe(f => f.Message.Length < 1000);
    }

    [Fact]
    public void A_file_beyond_the_limit_is_not_read()
    {
        using var folder = new TemporaryFolder();

        Read(folder.Write("big.yaml", "# " + new string('x', PipelineReader.FileBytesMax)))
            .Code.ShouldBe("file_too_large");
    }

    [Fact]
    public void A_file_that_is_not_there_or_is_a_folder_is_a_finding()
    {
        using var folder = new TemporaryFolder();

        Read(folder.File("none.yaml")).Code.ShouldBe("file_missing");
        Read(folder.File("no/such/folder.yaml")).Code.ShouldBe("file_missing");
        Read(folder.Path).Code.ShouldBe("file_unreadable");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_of_other_encoding_is_read_by_its_byte_order_mark(bool bigEndian)
    {
        using var folder = new TemporaryFolder();
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var file = folder.Write("p.yaml", [.. encoding.GetPreamble(), .. encoding.GetBytes(Reading.Least)]);

        PipelineReader.Read(file, FakeConnector.Registry, _ => null).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_no_text_is_a_finding()
    {
        using var folder = new TemporaryFolder();

        Read(folder.Write("latin.yaml", [.. "name: s"u8, 0xE9, .. "llers"u8])).Code.ShouldBe("not_text");
        Read(folder.Write("image.yaml", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1])).Code.ShouldBe("not_text");
    }

    [Fact]
    public void Thousands_of_broken_files_are_findings_or_pipelines_and_never_a_crash()
    {
        const string Whole =
            Reading.Least
            + """
                key: [country, "number"]
                columns:
                  inquiry_date: {from: "Inquiry date", type: date}
                  price: {type: 'decimal(12,2)', round: 2}
                mode: upsert
                schedule: {cron: "*/15 8-18 * * mon-fri", zone: UTC}
                rules:
                  - {name: format, column: number, matches: '^AA\d+$'}
                  - name: property
                    exists: {table: properties, column: number}
                    when: has_property
                max_deletes: 30%   # a comment
                verify: {content: true, repair: true, attempts: 3, allow_unproven: 0}
                text: |
                  folded
                """;
        const string Odd = "{}[]:,-?&*!|>'\"%@`#\t\n \\~$\u0085\u2028\uFEFF\0\u0001é0a";
        var random = new Random(20240229);
        var accepted = 0;
        for (var i = 0; i < 4000; i++)
        {
            var text = new StringBuilder(Whole);
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(4))
                {
                    case 0:
                        text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
                        break;
                    case 1:
                        text.Insert(at, Odd[random.Next(Odd.Length)]);
                        break;
                    case 2:
                        text[at] = Odd[random.Next(Odd.Length)];
                        break;
                    default:
                        text.Insert(at, text.ToString(random.Next(text.Length / 2), random.Next(1, 40)));
                        break;
                }
            }
            var reading = Reading.Read(text.ToString());
            (reading.Pipeline is null).ShouldBe(reading.Findings.Any(f => f.IsError));
            accepted += reading.Pipeline is null ? 0 : 1;
        }
        accepted.ShouldBeLessThan(4000);
    }

    private static Finding Read(string file) =>
        PipelineReader.Read(file, FakeConnector.Registry, _ => null).Findings.ShouldHaveSingleItem();
}
