namespace TrueUp.Connectors.Files.Content;

/// <summary>How the bytes of a text file are to be read.</summary>
internal enum TextEncoding
{
    /// <summary>By its byte order mark; UTF-8 without one.</summary>
    Auto,
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
    Latin1,

    /// <summary>Latin-1 with the typographic characters that Windows programs put in place of the upper control
    /// codes.</summary>
    Windows1252,
}
