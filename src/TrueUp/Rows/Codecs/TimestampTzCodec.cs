using System.Buffers;
using System.Buffers.Binary;

namespace TrueUp.Rows.Codecs;

/// <summary>An instant: like a timestamp, with <c>Z</c> or an offset behind it; displayed in UTC.</summary>
internal sealed class TimestampTzCodec(LogicalType type) : TypeCodec(type)
{
    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send) =>
        TimestampText.TryParse(text, out var microseconds, out var offset)
        && (offset is not null || microseconds is long.MaxValue or long.MinValue)
        && TimestampText.Write(microseconds - ((offset ?? 0) * 60_000_000L), send);

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text) =>
        TimestampText.Format(send, text, "+00"u8);

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => Hex.Write(send, text);
}
