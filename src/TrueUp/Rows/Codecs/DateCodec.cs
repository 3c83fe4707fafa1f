using System.Buffers;
using System.Buffers.Binary;

namespace TrueUp.Rows.Codecs;

internal sealed class DateCodec(LogicalType type) : TypeCodec(type)
{
    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        if (Infinity.TryParse(text, out var sign))
        {
            BinaryPrimitives.WriteInt32BigEndian(send.GetSpan(4), sign > 0 ? int.MaxValue : int.MinValue);
            send.Advance(4);
            return true;
        }
        if (
            !DayText.TryParse(text, out var days, out var rest)
            || !rest.IsEmpty
            || days is < Calendar.FirstDay or > Calendar.LastDay
        )
        {
            return false;
        }
        BinaryPrimitives.WriteInt32BigEndian(send.GetSpan(4), (int)days);
        send.Advance(4);
        return true;
    }

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text)
    {
        var days = BinaryPrimitives.ReadInt32BigEndian(send);
        if (days is int.MaxValue or int.MinValue)
        {
            Infinity.Write(days, text);
            return;
        }
        Calendar.WriteDate(days, text);
        if (Calendar.IsBeforeChrist(days))
        {
            text.Write(" BC"u8);
        }
    }

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => Hex.Write(send, text);
}
