using TrueUp.Rows;

namespace TrueUp.Digests;

/// <summary>A contiguous part of the key space by the first key column: from inclusive, to exclusive; null is
/// unbounded.</summary>
/// <param name="From">Send form of the lowest value inside, or null.</param>
/// <param name="To">Send form of the lowest value above, or null.</param>
public sealed record KeyRange(byte[]? From, byte[]? To)
{
    /// <summary>The whole key space.</summary>
    public static readonly KeyRange All = new(null, null);

    /// <summary>Whether both sides order values of this kind alike, so that ranges mean the same everywhere.</summary>
    public static bool IsOrdered(LogicalKind kind) =>
        kind
            is LogicalKind.Int16
                or LogicalKind.Int32
                or LogicalKind.Int64
                or LogicalKind.Date
                or LogicalKind.Timestamp
                or LogicalKind.TimestampTz
                or LogicalKind.Uuid;

    /// <summary>Compares two send forms of one ordered kind.</summary>
    public static int Compare(LogicalKind kind, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        // Big-endian two's complement orders like bytes once the sign bit is turned round; a uuid is unsigned.
        if (kind != LogicalKind.Uuid && ((left[0] ^ right[0]) & 0x80) != 0)
        {
            return (left[0] & 0x80) != 0 ? -1 : 1;
        }
        return left.SequenceCompareTo(right);
    }

    /// <summary>Cuts the key space at the given values, which must ascend: n values make n + 1 ranges.</summary>
    public static IReadOnlyList<KeyRange> Cut(IReadOnlyList<byte[]> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var ranges = new List<KeyRange>(values.Count + 1);
        byte[]? from = null;
        foreach (var value in values)
        {
            ranges.Add(new KeyRange(from, value));
            from = value;
        }
        ranges.Add(new KeyRange(from, null));
        return ranges;
    }
}
