using System.Buffers;
using System.Buffers.Binary;

namespace TrueUp.Rows.Codecs;

/// <summary>A local date and time: <c>2026-01-31 12:30:00.5</c>; a <c>T</c> between date and time is read as
/// well.</summary>
internal sealed class TimestampCodec(LogicalType type) : TypeCodec(type)
{
    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send) =>
        TimestampText.TryParse(text, out var microseconds, out var offset)
        && offset is null
        && TimestampText.Write(microseconds, send);

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text) =>
        TimestampText.Format(send, text, default);

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => Hex.Write(send, text);
}
