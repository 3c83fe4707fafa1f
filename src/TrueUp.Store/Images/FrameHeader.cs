using System.Buffers.Binary;

namespace TrueUp.Store.Images;

/// <summary>
/// What stands before a packed frame, little endian: magic (4 bytes), packed length (4), plain length (4), checksum of
/// the packed bytes (8).
/// </summary>
internal readonly record struct FrameHeader(int PackedLength, int PlainLength, long Checksum)
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 20;

    private const uint Magic = 0x4D495554;

    public void Write(Span<byte> header)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], PackedLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], PlainLength);
        BinaryPrimitives.WriteInt64LittleEndian(header[12..], Checksum);
    }

    /// <returns>False when these bytes are no header.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = new FrameHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[12..])
        );
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic
            && header is { PackedLength: >= 0, PlainLength: > 0 };
    }
}
