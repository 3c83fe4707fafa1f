using System.Buffers;
using System.Buffers.Text;

namespace TrueUp.Rows.Codecs;

internal sealed class UuidCodec(LogicalType type) : TypeCodec(type)
{
    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        if (!Utf8Parser.TryParse(text, out Guid value, out var consumed, 'D') || consumed != text.Length)
        {
            return false;
        }
        value.TryWriteBytes(send.GetSpan(16), bigEndian: true, out _);
        send.Advance(16);
        return true;
    }

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text)
    {
        Utf8Formatter.TryFormat(new Guid(send, bigEndian: true), text.GetSpan(36), out var written);
        text.Advance(written);
    }

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => Format(send, text);
}
