using System.Xml;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>What a workbook says about its sheets (ECMA-376 part 1, 18.2).</summary>
internal sealed class Workbook
{
    private readonly List<(string Name, string Part)> _sheets = [];

    private Workbook() { }

    /// <summary>The names of its sheets, in order.</summary>
    public IReadOnlyList<string> Sheets => [.. _sheets.Select(s => s.Name)];

    /// <summary>Whether day 0 is 1904-01-01.</summary>
    public bool IsFrom1904 { get; private set; }

    public string? StylesPart { get; private set; }

    public string? StringsPart { get; private set; }

    public static Workbook Read(WorkbookPackage package)
    {
        var part =
            Relations(package, "")
                .FirstOrDefault(r => r.Type.EndsWith("/officeDocument", StringComparison.Ordinal))
                .Target
            ?? "xl/workbook.xml";
        var relations = Relations(package, part);
        var workbook = new Workbook
        {
            StylesPart = relations.FirstOrDefault(r => r.Type.EndsWith("/styles", StringComparison.Ordinal)).Target,
            StringsPart = relations
                .FirstOrDefault(r => r.Type.EndsWith("/sharedStrings", StringComparison.Ordinal))
                .Target,
        };
        using var xml = package.Read(part);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }
            if (xml.LocalName == "workbookPr")
            {
                workbook.IsFrom1904 = xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (xml.LocalName == "sheet" && SheetPart(xml, relations) is { } sheet)
            {
                workbook._sheets.Add((xml.GetAttribute("name") ?? "", sheet));
            }
        }
        return workbook;
    }

    /// <summary>The part of a sheet.</summary>
    /// <param name="path">The workbook, for messages.</param>
    /// <param name="wanted">A name, a number from 1, or null for the first. A name outweighs a number.</param>
    /// <exception cref="SideException">There is no such sheet.</exception>
    public string Find(string path, string? wanted)
    {
        foreach (var (name, part) in _sheets)
        {
            if (string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase))
            {
                return part;
            }
        }
        var number =
            wanted is null ? 1
            : int.TryParse(wanted, out var parsed) ? parsed
            : 0;
        return number >= 1 && number <= _sheets.Count
            ? _sheets[number - 1].Part
            : throw WorkbookErrors.NoSheet(path, wanted ?? "1", Sheets);
    }

    // Chart sheets have no cells and are no sheets here.
    private static string? SheetPart(XmlReader xml, IReadOnlyList<(string Id, string Type, string Target)> relations)
    {
        string? id = null;
        while (xml.MoveToNextAttribute())
        {
            id = xml.LocalName == "id" && xml.Prefix.Length > 0 ? xml.Value : id;
        }
        xml.MoveToElement();
        var relation = relations.FirstOrDefault(r => r.Id == id);
        return relation.Target is not null && relation.Type.EndsWith("/worksheet", StringComparison.Ordinal)
            ? relation.Target
            : null;
    }

    private static List<(string Id, string Type, string Target)> Relations(WorkbookPackage package, string part)
    {
        var relations = new List<(string, string, string)>();
        var slash = part.LastIndexOf('/');
        var folder = part[..(slash + 1)];
        var name = $"{folder}_rels/{part[(slash + 1)..]}.rels";
        if (!package.Has(name))
        {
            return relations;
        }
        using var xml = package.Read(name);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" })
            {
                var target = xml.GetAttribute("Target") ?? "";
                target = target.StartsWith('/') ? target[1..] : folder + target;
                relations.Add((xml.GetAttribute("Id") ?? "", xml.GetAttribute("Type") ?? "", target));
            }
        }
        return relations;
    }
}
