using System.IO.Compression;
using System.Text;

namespace TrueUp.Bench.Faults.Hostile;

/// <summary>Puts workbooks together from parts.</summary>
internal static class HostileBook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly string[] Cells =
    [
        "<c><v>1</v></c>",
        "<c s=\"1\"><v>40909.5</v></c>",
        "<c s=\"1\"><v>-1</v></c>",
        "<c s=\"2\"><v>2958466</v></c>",
        "<c t=\"s\"><v>0</v></c>",
        "<c t=\"s\"><v>1</v></c>",
        "<c t=\"b\"><v>1</v></c>",
        "<c t=\"e\"><v>#N/A</v></c>",
        "<c t=\"d\"><v>2012-01-01</v></c>",
        "<c/>",
        "<c t=\"str\"><v>x</v></c>",
        "<c t=\"inlineStr\"><is><t>é</t></is></c>",
        "<c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>c</t></rPh></is></c>",
        "<c><f>A1</f><v>0.1</v></c>",
        "<c s=\"3\"><v>0.99999</v></c>",
        "<c><v>12345678901234567890123</v></c>",
    ];

    /// <summary>The parts of a workbook that is whole so far.</summary>
    public static List<(string Name, byte[] Content)> Parts(Random random)
    {
        var rows = new StringBuilder("<row>");
        for (var c = random.Next(1, 6); c > 0; c--)
        {
            rows.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"<c t=\"inlineStr\"><is><t>n{c}</t></is></c>"
            );
        }
        rows.Append("</row>");
        for (var r = random.Next(12); r > 0; r--)
        {
            rows.Append("<row>")
                .AppendJoin("", Enumerable.Range(0, random.Next(6)).Select(_ => Cells[random.Next(Cells.Length)]));
            rows.Append("</row>");
        }
        return
        [
            Part("_rels/.rels", Relations(("r1", "officeDocument", "xl/workbook.xml"))),
            Part(
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><workbookPr date1904=\"0\"/><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"s1\"/></sheets></workbook>"
            ),
            Part(
                "xl/_rels/workbook.xml.rels",
                Relations(
                    ("st", "styles", "styles.xml"),
                    ("ss", "sharedStrings", "/xl/sharedStrings.xml"),
                    ("s1", "worksheet", "worksheets/sheet1.xml")
                )
            ),
            Part(
                "xl/styles.xml",
                $"<styleSheet xmlns=\"{Main}\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"[h]:mm\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
            ),
            Part("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\"><si><t>one</t></si><si><r><t>two</t></r></si></sst>"),
            Part("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ];
    }

    /// <summary>Elements in elements, or entities in entities.</summary>
    public static byte[] Deep(Random random)
    {
        if (random.Next(2) == 0)
        {
            var depth = 1 << random.Next(3, 17);
            return Encoding.UTF8.GetBytes(
                string.Concat(Enumerable.Repeat("<si>", depth)) + string.Concat(Enumerable.Repeat("</si>", depth))
            );
        }
        var entities = Enumerable
            .Range(1, 9)
            .Select(i => $"<!ENTITY e{i} \"{string.Concat(Enumerable.Repeat($"&e{i - 1};", 10))}\">");
        return Encoding.UTF8.GetBytes(
            $"<!DOCTYPE a [<!ENTITY e0 \"lol\">{string.Concat(entities)}<!ENTITY f SYSTEM \"file:///etc/passwd\">]><a>&e9;&f;</a>"
        );
    }

    /// <summary>The same XML, well formed as far as the words are, with other words in the place of some
    /// values.</summary>
    public static byte[] Filled(byte[] content, IReadOnlyList<string> words, Random random)
    {
        var pieces = Encoding.UTF8.GetString(content).Split('<');
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(pieces.Length);
            var word = words[random.Next(words.Count)];
            var end = pieces[at].IndexOf('>', StringComparison.Ordinal);
            // Elements go between elements, attributes into them.
            pieces[at] =
                end < 0 ? pieces[at]
                : word.StartsWith('<') ? $"{pieces[at]}{word}"
                : pieces[at]
                    .Insert(end == 0 || pieces[at][0] == '/' || pieces[at][end - 1] == '/' ? end + 1 : end, $" {word}");
        }
        return Encoding.UTF8.GetBytes(string.Join('<', pieces));
    }

    /// <summary>A workbook one of whose parts is a small file that unpacks to so many bytes.</summary>
    public static byte[] Bomb(int bytes)
    {
        var parts = Parts(new Random(1));
        parts[^1] = (parts[^1].Name, [.. parts[^1].Content, .. new byte[bytes]]);
        return Pack(parts);
    }

    public static byte[] Pack(IEnumerable<(string Name, byte[] Content)> parts)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var stream = zip.CreateEntry(name.Length == 0 ? "x" : name, CompressionLevel.Fastest).Open();
                stream.Write(content);
            }
        }
        return buffer.ToArray();
    }

    private static (string, byte[]) Part(string name, string content) => (name, Encoding.UTF8.GetBytes(content));

    private static string Relations(params (string Id, string Type, string Target)[] relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(
            relations.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{Office}/{r.Type}\" Target=\"{r.Target}\"/>")
        )
        + "</Relationships>";
}
