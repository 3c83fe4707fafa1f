using System.Buffers;
using TrueUp.Rows.Codecs;

namespace TrueUp.Rows;

/// <summary>
/// What TrueUp can do with the values of one logical type. A value has three forms: the <em>send</em> form in which it
/// travels (PostgreSQL's binary form), the <em>canonical</em> text that is digested, and the <em>display</em> text for
/// people and for stores that have no such type. For every send form x, parsing the display text of x gives x back
/// (of a NaN, the one PostgreSQL sends).
/// </summary>
public abstract class TypeCodec
{
    private protected TypeCodec(LogicalType type) => Type = type;

    /// <summary>The type this codec serves.</summary>
    public LogicalType Type { get; }

    /// <summary>Writes the send form of a text.</summary>
    /// <param name="text">UTF-8; not trimmed.</param>
    /// <param name="send">Receives the send form; may hold part of it when the result is false.</param>
    /// <returns>False when the text is no value of the type, or one that the type cannot hold exactly.</returns>
    public abstract bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send);

    /// <summary>Writes the display text of a send form, in UTF-8.</summary>
    public abstract void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text);

    /// <summary>
    /// Writes the canonical text of a send form: equal values have equal canonical texts, different values have
    /// different ones. <c>docs/digest.md</c> lists the forms, and PostgreSQL computes the same from SQL.
    /// </summary>
    public abstract void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text);

    /// <summary>The codec of a type.</summary>
    public static TypeCodec For(LogicalType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Kind switch
        {
            LogicalKind.Bool => new BoolCodec(type),
            LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => new IntegerCodec(type),
            LogicalKind.Float32 => new Float32Codec(type),
            LogicalKind.Float64 => new Float64Codec(type),
            LogicalKind.Decimal => new DecimalCodec(type),
            LogicalKind.Text or LogicalKind.Raw => new TextCodec(type),
            LogicalKind.Json => new JsonCodec(type),
            LogicalKind.Bytes => new BytesCodec(type),
            LogicalKind.Date => new DateCodec(type),
            LogicalKind.Time => new TimeCodec(type),
            LogicalKind.Timestamp => new TimestampCodec(type),
            LogicalKind.TimestampTz => new TimestampTzCodec(type),
            LogicalKind.Interval => new IntervalCodec(type),
            LogicalKind.Uuid => new UuidCodec(type),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "No codec for this kind."),
        };
    }
}
