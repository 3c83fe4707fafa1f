using System.Buffers.Binary;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>Reads row hashes and change stamps out of tuples.</summary>
internal static class Stamps
{
    /// <summary>The hash in a digest row.</summary>
    public static long Hash(ReadOnlySpan<byte> digestRow, RowPlan plan)
    {
        FieldReader.At(digestRow, plan.KeySchema.Columns.Count, out var send);
        return BinaryPrimitives.ReadInt64BigEndian(send);
    }

    /// <summary>
    /// The stamp at an ordinal as one 64-bit number that grows with time; <see cref="long.MinValue"/> for null or no
    /// stamp.
    /// </summary>
    public static long Read(ReadOnlySpan<byte> tuple, int ordinal)
    {
        if (ordinal < 0 || !FieldReader.At(tuple, ordinal, out var send))
        {
            return long.MinValue;
        }
        return send.Length switch
        {
            2 => BinaryPrimitives.ReadInt16BigEndian(send),
            4 => BinaryPrimitives.ReadInt32BigEndian(send),
            _ => BinaryPrimitives.ReadInt64BigEndian(send),
        };
    }
}
