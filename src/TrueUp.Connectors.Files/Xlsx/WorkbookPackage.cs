using System.IO.Compression;
using System.Xml;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>
/// The ZIP package of a workbook, opened with suspicion: what its parts unpack to is checked before they are unpacked
/// (the ZIP reader keeps each part to the size it declares), and their XML may not have a document type.
/// </summary>
internal sealed class WorkbookPackage : IDisposable
{
    private const int PartsMax = 10_000;
    private const long PartBytesMax = 8L << 30,
        SuspectBytes = 64 << 20,
        RatioMax = 250;

    private readonly ZipArchive _zip;
    private readonly string _path;

    private WorkbookPackage(string path, ZipArchive zip) => (_path, _zip) = (path, zip);

    /// <exception cref="SideException">The stream is no workbook, or one that must not be unpacked.</exception>
    public static WorkbookPackage Open(string path, Stream stream)
    {
        Span<byte> head = stackalloc byte[4];
        if (stream.ReadAtLeast(head, 4, throwOnEndOfStream: false) < 4)
        {
            throw stream.Length == 0 ? Content.FileErrors.Empty(path) : WorkbookErrors.NotAWorkbook(path);
        }
        if (head.SequenceEqual((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw WorkbookErrors.OldOrEncrypted(path);
        }
        if (!head.StartsWith("PK"u8))
        {
            throw WorkbookErrors.NotAWorkbook(path);
        }
        stream.Position = 0;
        try
        {
            var package = new WorkbookPackage(path, new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true));
            package.CheckSizes();
            return package;
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw WorkbookErrors.Damaged(path, "the ZIP directory", error);
        }
    }

    /// <summary>Whether an exception tells of what is in the file, not of this program.</summary>
    public static bool IsDamage(Exception error) =>
        error
            is InvalidDataException
                or XmlException
                or IOException
                or NotSupportedException
                or FormatException
                or OverflowException
                or ArgumentException;

    /// <summary>Whether there is such a part.</summary>
    public bool Has(string part) => Find(part) is not null;

    /// <summary>The bytes a part declares to unpack to.</summary>
    public long SizeOf(string part) => Find(part)?.Length ?? 0;

    /// <summary>Opens a part for reading.</summary>
    /// <exception cref="SideException">There is none.</exception>
    public XmlReader Read(string part)
    {
        var entry = Find(part) ?? throw WorkbookErrors.Damaged(_path, part);
        return XmlReader.Create(
            entry.Open(),
            new XmlReaderSettings
            {
                CloseInput = true,
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            }
        );
    }

    public void Dispose() => _zip.Dispose();

    private ZipArchiveEntry? Find(string part) =>
        _zip.GetEntry(part)
        ?? _zip.Entries.FirstOrDefault(e => string.Equals(e.FullName, part, StringComparison.OrdinalIgnoreCase));

    private void CheckSizes()
    {
        if (_zip.Entries.Count > PartsMax)
        {
            throw WorkbookErrors.TooLarge(_path, $"{_zip.Entries.Count} parts");
        }
        var large = _zip.Entries.FirstOrDefault(e =>
            e.Length > PartBytesMax
            || (e.Length > SuspectBytes && e.Length / Math.Max(e.CompressedLength, 1) > RatioMax)
        );
        if (large is not null)
        {
            throw WorkbookErrors.TooLarge(_path, $"{large.Length} bytes in {large.FullName}");
        }
    }
}
