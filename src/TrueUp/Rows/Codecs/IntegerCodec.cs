using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace TrueUp.Rows.Codecs;

internal sealed class IntegerCodec(LogicalType type) : TypeCodec(type)
{
    private readonly int _size = type.Kind switch
    {
        LogicalKind.Int16 => 2,
        LogicalKind.Int32 => 4,
        _ => 8,
    };

    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        // The parser of .NET overlooks NULs at the end.
        if (
            text.EndsWith((byte)0)
            || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        )
        {
            return false;
        }
        var span = send.GetSpan(8);
        switch (_size)
        {
            case 2 when value is >= short.MinValue and <= short.MaxValue:
                BinaryPrimitives.WriteInt16BigEndian(span, (short)value);
                break;
            case 4 when value is >= int.MinValue and <= int.MaxValue:
                BinaryPrimitives.WriteInt32BigEndian(span, (int)value);
                break;
            case 8:
                BinaryPrimitives.WriteInt64BigEndian(span, value);
                break;
            default:
                return false;
        }
        send.Advance(_size);
        return true;
    }

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text)
    {
        var value = Read(send);
        value.TryFormat(text.GetSpan(20), out var written, default, CultureInfo.InvariantCulture);
        text.Advance(written);
    }

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => Format(send, text);

    internal static long Read(ReadOnlySpan<byte> send) =>
        send.Length switch
        {
            2 => BinaryPrimitives.ReadInt16BigEndian(send),
            4 => BinaryPrimitives.ReadInt32BigEndian(send),
            _ => BinaryPrimitives.ReadInt64BigEndian(send),
        };
}
