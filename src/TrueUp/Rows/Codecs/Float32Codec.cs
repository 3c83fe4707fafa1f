using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TrueUp.Rows.Codecs;

internal sealed class Float32Codec(LogicalType type) : TypeCodec(type)
{
    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        float value;
        if (FloatText.TrySpecial(text, out var special))
        {
            value = (float)special;
        }
        else if (
            !float.TryParse(text, FloatText.Styles, CultureInfo.InvariantCulture, out value)
            || !FloatText.IsSound(text, value)
        )
        {
            return false;
        }
        BinaryPrimitives.WriteSingleBigEndian(send.GetSpan(4), value);
        send.Advance(4);
        return true;
    }

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text)
    {
        var value = BinaryPrimitives.ReadSingleBigEndian(send);
        value.TryFormat(text.GetSpan(32), out var written, "R", CultureInfo.InvariantCulture);
        text.Advance(written);
    }

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text)
    {
        var value = BinaryPrimitives.ReadSingleBigEndian(send);
        if (float.IsNaN(value))
        {
            text.Write("nan"u8);
            return;
        }
        Span<byte> bits = stackalloc byte[4];
        BinaryPrimitives.WriteSingleBigEndian(bits, value + 0.0f);
        Hex.Write(bits, text);
    }
}
