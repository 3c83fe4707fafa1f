using System.Globalization;
using System.Xml;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>The number formats of a workbook's cell styles.</summary>
internal sealed class CellStyles
{
    private const int StylesMax = 100_000;

    private readonly List<CellFormat> _formats = [];

    /// <summary>The format of a style; a style that is not listed is a number's.</summary>
    public CellFormat this[int style] => style >= 0 && style < _formats.Count ? _formats[style] : CellFormat.Number;

    public static CellStyles Read(WorkbookPackage package, string? part)
    {
        var styles = new CellStyles();
        if (part is null || !package.Has(part))
        {
            return styles;
        }
        var codes = new Dictionary<int, CellFormat>();
        var isCellStyle = false;
        using var xml = package.Read(part);
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs")
            {
                isCellStyle = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "numFmt" && codes.Count < StylesMax)
            {
                codes[Number(xml.GetAttribute("numFmtId"))] = NumberFormats.OfCode(
                    xml.GetAttribute("formatCode") ?? ""
                );
            }
            else if (
                isCellStyle
                && xml is { NodeType: XmlNodeType.Element, LocalName: "xf" }
                && styles._formats.Count < StylesMax
            )
            {
                var id = Number(xml.GetAttribute("numFmtId"));
                styles._formats.Add(codes.TryGetValue(id, out var format) ? format : NumberFormats.OfBuiltIn(id));
            }
        }
        return styles;
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
