using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace TrueUp.Samples.Sellers;

/// <summary>The table of texts that the cells of a workbook refer to, in the order of their first use.</summary>
internal sealed class SharedTexts
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    /// <summary>The place of a text, new or not.</summary>
    public int IndexOf(string text)
    {
        if (!_indexes.TryGetValue(text, out var index))
        {
            index = _indexes[text] = _indexes.Count;
        }
        return index;
    }

    /// <summary>Writes the table.</summary>
    public void Write(SharedStringTablePart part)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new SharedStringTable());
        foreach (var (text, _) in _indexes.OrderBy(e => e.Value))
        {
            writer.WriteElement(new SharedStringItem(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
        }
        writer.WriteEndElement();
    }
}
