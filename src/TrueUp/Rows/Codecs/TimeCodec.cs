using System.Buffers;
using System.Buffers.Binary;

namespace TrueUp.Rows.Codecs;

internal sealed class TimeCodec(LogicalType type) : TypeCodec(type)
{
    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        if (!Calendar.TryReadTime(ref text, out var microseconds) || !text.IsEmpty)
        {
            return false;
        }
        BinaryPrimitives.WriteInt64BigEndian(send.GetSpan(8), microseconds);
        send.Advance(8);
        return true;
    }

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text) =>
        Calendar.WriteTime(BinaryPrimitives.ReadInt64BigEndian(send), text);

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => Hex.Write(send, text);
}
