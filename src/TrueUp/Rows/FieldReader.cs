using System.Buffers.Binary;

namespace TrueUp.Rows;

/// <summary>Walks the fields of one tuple from first to last.</summary>
public ref struct FieldReader
{
    private ReadOnlySpan<byte> _rest;

    /// <param name="tuple">The row in transport form.</param>
    public FieldReader(ReadOnlySpan<byte> tuple)
    {
        FieldCount = BinaryPrimitives.ReadInt16BigEndian(tuple);
        _rest = tuple[2..];
    }

    /// <summary>How many fields the tuple has.</summary>
    public int FieldCount { get; }

    /// <summary>Reads the next field; call it <see cref="FieldCount"/> times.</summary>
    /// <param name="value">The send form; empty when null.</param>
    /// <returns>False when the field is null.</returns>
    public bool Next(out ReadOnlySpan<byte> value)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(_rest);
        if (length < 0)
        {
            value = default;
            _rest = _rest[4..];
            return false;
        }
        value = _rest.Slice(4, length);
        _rest = _rest[(4 + length)..];
        return true;
    }

    /// <summary>The field at a position of a tuple.</summary>
    /// <returns>False when the field is null.</returns>
    public static bool At(ReadOnlySpan<byte> tuple, int ordinal, out ReadOnlySpan<byte> value)
    {
        var reader = new FieldReader(tuple);
        for (var i = 0; i < ordinal; i++)
        {
            reader.Next(out _);
        }
        return reader.Next(out value);
    }
}
