using System.Buffers;

namespace TrueUp.Rows.Codecs;

/// <summary>Bytes; their display text is PostgreSQL's <c>\x</c> form.</summary>
internal sealed class BytesCodec(LogicalType type) : TypeCodec(type)
{
    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send) =>
        text.StartsWith("\\x"u8) && Hex.TryRead(text[2..], send);

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text)
    {
        text.Write("\\x"u8);
        Hex.Write(send, text);
    }

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => Hex.Write(send, text);
}
