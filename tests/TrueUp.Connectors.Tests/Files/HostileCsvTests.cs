using System.Text;
using TrueUp.Connectors.Files;
using TrueUp.Sides;

namespace TrueUp.Connectors.Tests.Files;

public sealed class HostileCsvTests : CsvFixture
{
    private const int Cases = 4_000;

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "a",
            "1",
            ",",
            ";",
            "\n",
            "\r",
            "\r\n",
            "\"",
            "\"\"",
            "\0",
            "é",
            "\uFEFF",
            "\t",
            "|",
            "id",
            "2012-01-31",
            " ",
            "\\N",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF],
        [0xFE],
        [0xC3],
        [0xED, 0xA0, 0x80],
        [0x80],
    ];

    [Fact]
    public async Task Whatever_bytes_a_file_has_each_record_is_read_or_rejected_and_nothing_crashes()
    {
        var random = new Random(20_260_101);
        var outcomes = (Read: 0, Refused: 0, Rejected: 0);
        for (var i = 0; i < Cases; i++)
        {
            var content = Content(random);
            try
            {
                var read = await Read(content, Options(random));
                outcomes.Read++;
                outcomes.Rejected += read.Rejects.Count;
                if (!read.Schema.Findings.Any(f => f.IsError))
                {
                    read.Ordinals.Concat(read.Rejects.Select(r => r.Ordinal))
                        .Order()
                        .ShouldBe(Enumerable.Range(1, read.Rows.Count + read.Rejects.Count).Select(n => (long)n));
                }
            }
            catch (SideException error)
            {
                outcomes.Refused++;
                error.Suggestion.ShouldNotBeEmpty();
            }
        }
        outcomes.Read.ShouldBeGreaterThan(1_000);
        outcomes.Refused.ShouldBeGreaterThan(10);
        outcomes.Rejected.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public async Task A_million_delimiters_are_one_ragged_row()
    {
        var read = await Read("a,b\n" + new string(',', 1_000_000) + "\n1,2\n");
        read.Rows.ShouldBe([
            ["1", "2"],
        ]);
        read.Rejects.Single().Reason.ShouldContain("1000001 fields");
    }

    [Fact]
    public async Task A_header_of_a_million_names_is_refused() =>
        (
            await Read(new string('a', 3) + string.Concat(Enumerable.Range(0, 100_000).Select(i => $",c{i}")) + "\n")
        ).Schema.Findings.ShouldContain(f => f.Code == "too_many_columns");

    private static byte[] Content(Random random)
    {
        if (random.Next(4) == 0)
        {
            var noise = new byte[random.Next(300)];
            random.NextBytes(noise);
            return noise;
        }
        var pieces = Enumerable.Range(0, random.Next(1, 80)).SelectMany(_ => Pieces[random.Next(Pieces.Length)]);
        return [.. random.Next(2) == 0 ? "id,name\n"u8 : [], .. pieces];
    }

    private static (string, string)[] Options(Random random)
    {
        var options = new List<(string, string)>();
        if (random.Next(3) == 0)
        {
            options.Add(("encoding", new[] { "utf-16le", "utf-16be", "latin-1", "windows-1252" }[random.Next(4)]));
        }
        if (random.Next(3) == 0)
        {
            options.Add(("header", "false"));
        }
        if (random.Next(3) == 0)
        {
            options.Add(("trim", "true"));
        }
        if (random.Next(4) == 0)
        {
            options.Add(("skip_rows", random.Next(4).ToString()));
        }
        return [.. options];
    }
}
