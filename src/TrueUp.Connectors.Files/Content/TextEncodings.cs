namespace TrueUp.Connectors.Files.Content;

/// <summary>The names pipeline files use for encodings, and the marks files begin with.</summary>
internal static class TextEncodings
{
    public static readonly IReadOnlyList<string> Names =
    [
        "auto",
        "utf-8",
        "utf-16le",
        "utf-16be",
        "latin-1",
        "windows-1252",
    ];

    public static bool TryParse(string name, out TextEncoding encoding)
    {
        TextEncoding? known = name.ToLowerInvariant() switch
        {
            "auto" => TextEncoding.Auto,
            "utf-8" or "utf8" => TextEncoding.Utf8,
            "utf-16" or "utf16" or "utf-16le" or "utf16le" => TextEncoding.Utf16LittleEndian,
            "utf-16be" or "utf16be" => TextEncoding.Utf16BigEndian,
            "latin-1" or "latin1" or "iso-8859-1" => TextEncoding.Latin1,
            "windows-1252" or "cp1252" => TextEncoding.Windows1252,
            _ => null,
        };
        encoding = known ?? TextEncoding.Auto;
        return known is not null;
    }

    /// <summary>What the first bytes say about the encoding; a mark outweighs what was declared.</summary>
    /// <param name="head">At least three bytes where the file has them.</param>
    /// <param name="declared">What holds without a mark.</param>
    /// <param name="markLength">The bytes of the mark.</param>
    public static TextEncoding Detect(ReadOnlySpan<byte> head, TextEncoding declared, out int markLength)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            markLength = 3;
            return TextEncoding.Utf8;
        }
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            markLength = 2;
            return TextEncoding.Utf16LittleEndian;
        }
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            markLength = 2;
            return TextEncoding.Utf16BigEndian;
        }
        markLength = 0;
        return declared == TextEncoding.Auto ? TextEncoding.Utf8 : declared;
    }
}
