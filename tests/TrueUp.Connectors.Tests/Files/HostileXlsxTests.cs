using System.IO.Compression;
using TrueUp.Sides;
using static TrueUp.Connectors.Tests.Files.TestWorkbook;

namespace TrueUp.Connectors.Tests.Files;

public sealed class HostileXlsxTests : XlsxFixture
{
    [Fact]
    public async Task Whatever_bytes_a_workbook_has_it_is_read_or_refused_and_nothing_crashes()
    {
        var random = new Random(20_260_102);
        var original = Original();
        int read = 0,
            refused = 0;
        for (var i = 0; i < 1_500; i++)
        {
            var content = random.Next(2) == 0 ? Mutated(original, random) : MutatedPart(original, random);
            try
            {
                await Read(content, null);
                read++;
            }
            catch (SideException error)
            {
                refused++;
                error.Suggestion.ShouldNotBeEmpty();
            }
        }
        read.ShouldBeGreaterThan(50);
        refused.ShouldBeGreaterThan(300);
    }

    private static byte[] Original()
    {
        var book = new TestWorkbook { Formats = ["0", "14", "hh:mm", "[h]:mm"] };
        return book.Sheet(
                "S",
                Text("id") + book.Shared("name") + Text("day") + Text("time"),
                Number("1") + book.Shared("x") + Number("40909", 1) + Number("0.5", 2),
                Number("2.5") + Typed("b", "1") + Number("40909.5", 1) + Number("1.5", 3),
                Typed("e", "#N/A") + Typed("str", "y") + Typed("d", "2012-01-01") + Empty
            )
            .Build();
    }

    private static byte[] Mutated(byte[] original, Random random)
    {
        var content = (byte[])original.Clone();
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            content[random.Next(content.Length)] = (byte)random.Next(256);
        }
        return random.Next(5) == 0 ? content[..random.Next(content.Length)] : content;
    }

    // A part that unpacks well, with another content than it had.
    private static byte[] MutatedPart(byte[] original, Random random)
    {
        using var source = new ZipArchive(new MemoryStream(original));
        var chosen = random.Next(source.Entries.Count);
        using var buffer = new MemoryStream();
        using (var target = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < source.Entries.Count; i++)
            {
                using var part = new MemoryStream();
                using (var stream = source.Entries[i].Open())
                {
                    stream.CopyTo(part);
                }
                using var written = target.CreateEntry(source.Entries[i].FullName).Open();
                written.Write(i == chosen ? Edited(part.ToArray(), random) : part.ToArray());
            }
        }
        return buffer.ToArray();
    }

    private static byte[] Edited(byte[] part, Random random)
    {
        string[] pieces =
        [
            "<c r=\"XFD1048576\"><v>1</v></c>",
            "<row r=\"1048577\">",
            "999999999999",
            "<",
            ">",
            "&x;",
            "-1",
            "NaN",
            "1e999",
            "\"",
            "<v>",
            "</row>",
            "s=\"7\"",
            "0",
        ];
        var at = random.Next(part.Length);
        var until = Math.Min(part.Length, at + random.Next(12));
        return
        [
            .. part[..at],
            .. System.Text.Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]),
            .. part[until..],
        ];
    }
}
