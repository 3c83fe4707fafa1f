using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TrueUp.Digests;
using TrueUp.Rows;

namespace TrueUp.Proofs.Rules;

/// <summary>
/// A lower or upper bound of a rule, compared by value: numbers as numbers, dates as dates, text by its bytes.
/// </summary>
internal sealed class Bound
{
    private readonly TypeCodec _codec;
    private readonly byte[] _send;
    private readonly ArrayBufferWriter<byte> _text = new(64);

    /// <exception cref="FormatException">The bound is no value of the column's type.</exception>
    public Bound(TypeCodec codec, string text)
    {
        _codec = codec;
        var send = new ArrayBufferWriter<byte>();
        if (!codec.TryParse(Encoding.UTF8.GetBytes(text), send))
        {
            throw new FormatException($"'{text}' is not a value of type {codec.Type}.");
        }
        _send = send.WrittenSpan.ToArray();
    }

    /// <summary>Below, at or above the bound.</summary>
    public int Compare(ReadOnlySpan<byte> send) =>
        _codec.Type.Kind switch
        {
            LogicalKind.Float32 => BinaryPrimitives
                .ReadSingleBigEndian(send)
                .CompareTo(BinaryPrimitives.ReadSingleBigEndian(_send)),
            LogicalKind.Float64 => BinaryPrimitives
                .ReadDoubleBigEndian(send)
                .CompareTo(BinaryPrimitives.ReadDoubleBigEndian(_send)),
            LogicalKind.Decimal => Number(send).CompareTo(Number(_send)),
            LogicalKind.Time => send.SequenceCompareTo(_send),
            var kind when KeyRange.IsOrdered(kind) => KeyRange.Compare(kind, send, _send),
            _ => send.SequenceCompareTo(_send),
        };

    // Decimals beyond .NET's 28 digits are compared as doubles: a bound that needs more digits than that is no use to
    // anyone.
    private double Number(ReadOnlySpan<byte> send)
    {
        _text.ResetWrittenCount();
        _codec.Canonical(send, _text);
        return double.Parse(_text.WrittenSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
