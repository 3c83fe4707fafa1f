using System.Buffers;
using System.Text;

namespace TrueUp.Rows.Codecs;

internal sealed class BoolCodec(LogicalType type) : TypeCodec(type)
{
    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        if (Is(text, "true"u8) || Is(text, "t"u8) || Is(text, "1"u8) || Is(text, "yes"u8))
        {
            send.Write("\u0001"u8);
            return true;
        }
        if (Is(text, "false"u8) || Is(text, "f"u8) || Is(text, "0"u8) || Is(text, "no"u8))
        {
            send.Write("\0"u8);
            return true;
        }
        return false;
    }

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text) =>
        text.Write(send[0] == 0 ? "false"u8 : "true"u8);

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) =>
        text.Write(send[0] == 0 ? "f"u8 : "t"u8);

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}
