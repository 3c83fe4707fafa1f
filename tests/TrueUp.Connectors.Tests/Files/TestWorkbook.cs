using System.IO.Compression;
using System.Security;
using System.Text;

namespace TrueUp.Connectors.Tests.Files;

/// <summary>Writes workbooks part by part, so that tests can put anything into them that a spreadsheet program
/// might.</summary>
internal sealed class TestWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private readonly List<(string Name, string Rows)> _sheets = [];
    private readonly List<string> _strings = [];

    /// <summary>Number formats of the cell styles: style n has the n-th. Codes, or numbers of built-in
    /// formats.</summary>
    public string[] Formats { get; init; } = ["0"];

    public bool IsFrom1904 { get; init; }

    /// <summary>Adds a sheet; each row is its cells' XML.</summary>
    public TestWorkbook Sheet(string name, params string[] rows)
    {
        _sheets.Add((name, string.Concat(rows.Select(r => $"<row>{r}</row>"))));
        return this;
    }

    /// <summary>Adds a sheet from the XML inside <c>sheetData</c>.</summary>
    public TestWorkbook RawSheet(string name, string rows)
    {
        _sheets.Add((name, rows));
        return this;
    }

    public string Shared(string text)
    {
        _strings.Add($"<si><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></si>");
        return $"<c t=\"s\"><v>{_strings.Count - 1}</v></c>";
    }

    public string SharedXml(string xml)
    {
        _strings.Add($"<si>{xml}</si>");
        return $"<c t=\"s\"><v>{_strings.Count - 1}</v></c>";
    }

    public static string Text(string text) =>
        $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>";

    public static string Number(string text, int style = 0) => $"<c s=\"{style}\"><v>{text}</v></c>";

    public static string Typed(string type, string value) => $"<c t=\"{type}\"><v>{value}</v></c>";

    public const string Empty = "<c/>";

    public byte[] Build()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(zip, "_rels/.rels", Relations(("r1", "officeDocument", "xl/workbook.xml")));
            Put(
                zip,
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\">"
                    + $"<workbookPr date1904=\"{(IsFrom1904 ? 1 : 0)}\"/><sheets>"
                    + string.Concat(
                        _sheets.Select((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\" r:id=\"s{i}\"/>")
                    )
                    + "</sheets></workbook>"
            );
            Put(
                zip,
                "xl/_rels/workbook.xml.rels",
                Relations([
                    ("st", "styles", "styles.xml"),
                    ("ss", "sharedStrings", "/xl/sharedStrings.xml"),
                    .. _sheets.Select((_, i) => ($"s{i}", "worksheet", $"worksheets/sheet{i + 1}.xml")),
                ])
            );
            Put(zip, "xl/styles.xml", Styles());
            Put(zip, "xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(_strings)}</sst>");
            for (var i = 0; i < _sheets.Count; i++)
            {
                Put(
                    zip,
                    $"xl/worksheets/sheet{i + 1}.xml",
                    $"<worksheet xmlns=\"{Main}\"><sheetData>{_sheets[i].Rows}</sheetData></worksheet>"
                );
            }
        }
        return buffer.ToArray();
    }

    private string Styles()
    {
        var codes = Formats
            .Select((f, i) => int.TryParse(f, out var id) ? (Id: id, Code: null) : (Id: 164 + i, Code: (string?)f))
            .ToList();
        return $"<styleSheet xmlns=\"{Main}\"><numFmts>"
            + string.Concat(
                codes
                    .Where(c => c.Code is not null)
                    .Select(c => $"<numFmt numFmtId=\"{c.Id}\" formatCode=\"{SecurityElement.Escape(c.Code)}\"/>")
            )
            + "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
            + string.Concat(codes.Select(c => $"<xf numFmtId=\"{c.Id}\"/>"))
            + "</cellXfs></styleSheet>";
    }

    private static string Relations(params (string Id, string Type, string Target)[] relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(
            relations.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{Office}/{r.Type}\" Target=\"{r.Target}\"/>")
        )
        + "</Relationships>";

    private static void Put(ZipArchive zip, string name, string content)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }
}
