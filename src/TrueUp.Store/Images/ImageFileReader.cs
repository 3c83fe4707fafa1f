using System.IO.Compression;
using TrueUp.Digests;
using TrueUp.Sides;

namespace TrueUp.Store.Images;

/// <summary>Reads frames back; one that a killed run left unfinished is where they end.</summary>
internal sealed class ImageFileReader(string path)
{
    /// <exception cref="SideException">The file is damaged (<c>before_images_damaged</c>).</exception>
    public IEnumerable<byte[]> Read()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[FrameHeader.Size];
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            if (!FrameHeader.TryRead(head, out var header))
            {
                throw Damaged(file.Position);
            }
            if (header.PackedLength > file.Length - file.Position)
            {
                yield break;
            }
            var packed = new byte[header.PackedLength];
            file.ReadExactly(packed);
            if (TextHash.Compute(packed, header.PlainLength) != header.Checksum)
            {
                throw Damaged(file.Position);
            }
            var plain = new byte[header.PlainLength];
            if (!BrotliDecoder.TryDecompress(packed, plain, out var length) || length != plain.Length)
            {
                throw Damaged(file.Position);
            }
            yield return plain;
        }
    }

    private SideException Damaged(long position) =>
        new(
            ErrorType.Database,
            $"The replaced rows in {path} are damaged near byte {position}.",
            "Put a backup of the file back; without it this run cannot be undone."
        )
        {
            Code = "before_images_damaged",
        };
}
