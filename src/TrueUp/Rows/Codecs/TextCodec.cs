using System.Buffers;
using System.Text.Unicode;

namespace TrueUp.Rows.Codecs;

/// <summary>Text and raw values: all three forms are the UTF-8 bytes themselves.</summary>
internal sealed class TextCodec(LogicalType type) : TypeCodec(type)
{
    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        if (!Utf8.IsValid(text))
        {
            return false;
        }
        send.Write(text);
        return true;
    }

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => text.Write(send);

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => text.Write(send);
}
