using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TrueUp.Rows.Codecs;

/// <summary>
/// Floats are digested by their bits, not by decimal digits: shortest-digit printers differ between systems in rare
/// cases, bits do not. Minus zero counts as zero and every NaN as one value, as PostgreSQL's equality has it.
/// </summary>
internal sealed class Float64Codec(LogicalType type) : TypeCodec(type)
{
    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        if (
            !FloatText.TrySpecial(text, out var value)
            && (
                !double.TryParse(text, FloatText.Styles, CultureInfo.InvariantCulture, out value)
                || !FloatText.IsSound(text, value)
            )
        )
        {
            return false;
        }
        BinaryPrimitives.WriteDoubleBigEndian(send.GetSpan(8), value);
        send.Advance(8);
        return true;
    }

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text)
    {
        var value = BinaryPrimitives.ReadDoubleBigEndian(send);
        value.TryFormat(text.GetSpan(32), out var written, "R", CultureInfo.InvariantCulture);
        text.Advance(written);
    }

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text)
    {
        var value = BinaryPrimitives.ReadDoubleBigEndian(send);
        if (double.IsNaN(value))
        {
            text.Write("nan"u8);
            return;
        }
        Span<byte> bits = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bits, value + 0.0);
        Hex.Write(bits, text);
    }
}
