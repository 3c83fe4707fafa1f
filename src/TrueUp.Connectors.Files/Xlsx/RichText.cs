using System.Globalization;
using System.Text;
using System.Xml;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>Reads a text that may be made of runs with formats of their own; the phonetic hints of East Asian texts
/// are no part of it.</summary>
internal static class RichText
{
    /// <summary>Reads the element the reader stands on, to its end.</summary>
    public static string Read(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }
        var depth = xml.Depth;
        var text = new StringBuilder();
        var isText = false;
        int phonetic = 0;
        while (xml.Read() && xml.Depth > depth)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    isText = xml.LocalName == "t" && !xml.IsEmptyElement;
                    phonetic += xml.LocalName == "rPh" && !xml.IsEmptyElement ? 1 : 0;
                    break;
                case XmlNodeType.EndElement:
                    isText = false;
                    phonetic -= xml.LocalName == "rPh" ? 1 : 0;
                    break;
                case XmlNodeType.Text
                or XmlNodeType.Whitespace
                or XmlNodeType.SignificantWhitespace
                or XmlNodeType.CDATA when isText && phonetic == 0:
                    text.Append(xml.Value);
                    break;
                default:
                    break;
            }
        }
        return Unescape(text.ToString());
    }

    /// <summary>Characters that XML does not allow are written <c>_xHHHH_</c> (ECMA-376 part 1, 22.4.2.4).</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal))
        {
            return text;
        }
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (
                i + 6 < text.Length
                && text[i] == '_'
                && text[i + 1] == 'x'
                && text[i + 6] == '_'
                && ushort.TryParse(
                    text.AsSpan(i + 2, 4),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var code
                )
                && code != 0
                && !char.IsSurrogate((char)code)
            )
            {
                result.Append((char)code);
                i += 6;
                continue;
            }
            result.Append(text[i]);
        }
        return result.ToString();
    }
}
