using System.Buffers.Binary;
using TrueUp.Audit;

namespace TrueUp.Store.Records;

/// <summary>
/// What is known of a block without unpacking it. Layout, little endian: magic (4 bytes), packed length (4), plain
/// length (4), groups (4), filter bytes (4), content mask (4), earliest and latest time (8 each, microseconds since
/// 1970), checksum of filter and body (8). Filter and body follow.
/// </summary>
internal readonly record struct BlockHeader(
    int PackedLength, int PlainLength, int Groups, int FilterLength, int Contents, long TimeUsMin, long TimeUsMax,
    long Checksum)
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 48;

    /// <summary>More than the plain form of a block ever has; what says otherwise is damaged.</summary>
    private const uint LengthMax = 1 << 30;

    private const uint Magic = 0x4B424C52;

    /// <summary>The bit of an operation and its result in <see cref="Contents"/>.</summary>
    public static int ContentBit(RecordOperation operation, bool succeeded) =>
        1 << ((int)operation * 2 + (succeeded ? 1 : 0));

    /// <summary>Writes the header.</summary>
    public void Write(Span<byte> header)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], PackedLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], PlainLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], Groups);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], FilterLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], Contents);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], TimeUsMin);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], TimeUsMax);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], Checksum);
    }

    /// <summary>Reads a header.</summary>
    /// <returns>False when these bytes are none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BlockHeader header)
    {
        header = default;
        if (bytes.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            return false;
        }
        header = new BlockHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]));
        return (uint)header.PackedLength <= LengthMax && (uint)header.PlainLength <= LengthMax
            && (uint)header.FilterLength <= LengthMax && header.FilterLength % 8 == 0 && header.FilterLength > 0;
    }
}
