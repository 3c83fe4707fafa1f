using System.Buffers;
using System.Text;
using System.Xml;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>The texts that cells refer to by number, kept as UTF-8 in one buffer. This is all of a workbook that stays
/// in memory.</summary>
internal sealed class SharedStrings
{
    /// <summary>The most bytes its part may unpack to.</summary>
    private const long BytesMax = 256 << 20;

    private readonly List<int> _ends = [];
    private readonly ArrayBufferWriter<byte> _text = new(1 << 16);

    public int Count => _ends.Count;

    /// <summary>The text of a number.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _text.WrittenSpan[start.._ends[index]];
        }
    }

    /// <exception cref="SideException">They are more than fit into memory.</exception>
    public static SharedStrings Read(
        WorkbookPackage package,
        string path,
        string? part,
        CancellationToken cancellationToken
    )
    {
        var strings = new SharedStrings();
        if (part is null || !package.Has(part))
        {
            return strings;
        }
        if (package.SizeOf(part) > BytesMax)
        {
            throw WorkbookErrors.TooLarge(path, $"{package.SizeOf(part)} bytes in {part}");
        }
        using var xml = package.Read(part);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                cancellationToken.ThrowIfCancellationRequested();
                Encoding.UTF8.GetBytes(RichText.Read(xml), strings._text);
                strings._ends.Add(strings._text.WrittenCount);
            }
        }
        return strings;
    }
}
