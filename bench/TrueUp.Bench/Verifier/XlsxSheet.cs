using System.IO.Compression;
using System.Security;
using System.Text;

namespace TrueUp.Bench.Verifier;

/// <summary>Writes a workbook of one sheet whose cells are all inline texts; a null is a cell that is not
/// there.</summary>
internal static class XlsxSheet
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Content = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public static void Write(string path, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Add(
            zip,
            "[Content_Types].xml",
            $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Content}.sheet.main+xml\"/>"
                + $"<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{Content}.worksheet+xml\"/></Types>"
        );
        Add(
            zip,
            "_rels/.rels",
            $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        );
        Add(
            zip,
            "xl/workbook.xml",
            $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
        );
        Add(
            zip,
            "xl/_rels/workbook.xml.rels",
            $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
        );
        var sheet = new StringBuilder($"<worksheet xmlns=\"{Main}\"><sheetData>");
        var number = 0;
        foreach (var row in rows.Prepend(header))
        {
            sheet.Append($"<row r=\"{++number}\">");
            for (var i = 0; i < row.Count; i++)
            {
                if (row[i] is { } text)
                {
                    sheet
                        .Append($"<c r=\"{(char)('A' + i)}{number}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
                        .Append(SecurityElement.Escape(text))
                        .Append("</t></is></c>");
                }
            }
            sheet.Append("</row>");
        }
        Add(zip, "xl/worksheets/sheet1.xml", sheet.Append("</sheetData></worksheet>").ToString());
    }

    private static void Add(ZipArchive zip, string name, string xml)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + xml);
    }
}
