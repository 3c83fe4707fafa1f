using System.Text;
using TrueUp.Connectors.Files;
using TrueUp.Pipelines;

namespace TrueUp.Bench.Faults.Hostile;

/// <summary>Workbooks: damaged packages, bombs, parts that contradict each other, cells that are not what they
/// say.</summary>
internal sealed class HostileXlsx : IHostileKind
{
    private static readonly string[] Words =
    [
        "<c r=\"XFD1048576\"><v>1</v></c>",
        "<c r=\"A99999999999\"><v>1</v></c>",
        "<c t=\"s\"><v>9</v></c>",
        "<c s=\"99\"><v>1</v></c>",
        "<c r=\"D3\"><v>7</v></c>",
        "<c t=\"b\"><v>2</v></c>",
        "<row r=\"-1\">",
        "<row r=\"1048577\">",
        "<row>",
        "</row>",
        "t=\"s\"",
        "t=\"b\"",
        "t=\"zzz\"",
        "s=\"-1\"",
        "s=\"2147483648\"",
        "<v>",
        "</v>",
        "<v>-1</v>",
        "<v>4294967296</v>",
        "<v>1e999</v>",
        "<v>NaN</v>",
        "&x;",
        "&#0;",
        "&#xD800;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "<?x ?>",
        "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\">]>",
        "xml:space=\"preserve\"",
        "<is><t>a</t></is>",
        "<f>1/0</f>",
        "<mergeCell ref=\"A1:XFD1048576\"/>",
        "Target=\"../../../../etc/passwd\"",
        "Target=\"http://127.0.0.1:1/\"",
        "TargetMode=\"External\"",
        "r:id=\"none\"",
        "date1904=\"1\"",
        "numFmtId=\"99999999999\"",
        "state=\"veryHidden\"",
    ];

    private static readonly string[] Names =
    [
        "../evil.xml",
        "/etc/passwd",
        "xl\\workbook.xml",
        "XL/WORKBOOK.XML",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "",
        "a/../b",
        "xl/_rels/workbook.xml.rels",
        "\u0000",
    ];

    private static readonly Lazy<byte[]> Bomb = new(() => HostileBook.Bomb(96 << 20));

    public string Name => "xlsx";

    public byte[] Make(Random random)
    {
        if (random.Next(400) == 0)
        {
            return Bomb.Value;
        }
        var parts = HostileBook.Parts(random);
        for (var i = Math.Max(random.Next(6) - 2, 0); i > 0; i--)
        {
            var at = random.Next(parts.Count);
            var (name, content) = parts[at];
            parts[at] = random.Next(10) switch
            {
                0 => (Names[random.Next(Names.Length)], content),
                1 => (name, Mutation.Encoded(Encoding.UTF8.GetString(content), random)),
                2 => (name, HostileBook.Deep(random)),
                < 6 => (name, HostileBook.Filled(content, Words, random)),
                _ => (name, Mutation.Of(content, random, Words)),
            };
        }
        if (random.Next(10) == 0)
        {
            parts.Add((Names[random.Next(Names.Length)], parts[random.Next(parts.Count)].Content));
        }
        if (random.Next(12) == 0)
        {
            parts.RemoveAt(random.Next(parts.Count));
        }
        var package = HostileBook.Pack(parts);
        return random.Next(8) == 0 ? Mutation.Of(package, random, ["PK\u0001\u0002", "PK\u0005\u0006"]) : package;
    }

    public async Task<string> ReadAsync(byte[] content, string path, Random random, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(path, content, cancellationToken);
        var side = new SideDefinition("xlsx").With("path", path);
        if (random.Next(6) == 0)
        {
            side = side.With("sheet", ((string[])["S", "2", "99", "None", "0", "-1"])[random.Next(6)]);
        }
        if (random.Next(6) == 0)
        {
            side = side.With("header_row", ((string[])["2", "3", "1048576", "0"])[random.Next(4)]);
        }
        return await FileReading.OfAsync(new XlsxConnector(), side, random, cancellationToken);
    }
}
