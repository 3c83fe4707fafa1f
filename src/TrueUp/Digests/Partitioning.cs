using TrueUp.Rows;

namespace TrueUp.Digests;

/// <summary>
/// How a set of rows is divided into parts that both sides can digest alike: by ranges of the first key column, and
/// inside each range by the hash of the whole key. Part number = range × <see cref="Buckets"/> + bucket. The bucket of
/// a row is the hash of its key with seed 0, <c>&amp; (Buckets - 1)</c>.
/// </summary>
public sealed class Partitioning
{
    /// <param name="ranges">Ascending and disjoint; they need not cover the key space.</param>
    /// <param name="buckets">A power of two from 1 to 65,536.</param>
    public Partitioning(IReadOnlyList<KeyRange> ranges, int buckets)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        if (ranges.Count == 0)
        {
            throw new ArgumentException("At least one range.", nameof(ranges));
        }
        if (buckets is < 1 or > 65_536 || (buckets & (buckets - 1)) != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(buckets),
                buckets,
                "Buckets must be a power of two up to 65,536."
            );
        }
        if (ranges.Count > int.MaxValue / buckets)
        {
            throw new ArgumentException(
                $"{ranges.Count} ranges of {buckets} buckets are too many parts.",
                nameof(ranges)
            );
        }
        Ranges = ranges;
        Buckets = buckets;
    }

    /// <summary>Everything in one part.</summary>
    public static Partitioning Whole { get; } = new([KeyRange.All], 1);

    /// <summary>Ascending and disjoint.</summary>
    public IReadOnlyList<KeyRange> Ranges { get; }

    /// <summary>A power of two.</summary>
    public int Buckets { get; }

    /// <summary>The number of parts.</summary>
    public int Parts => Ranges.Count * Buckets;

    /// <summary>Buckets over the whole key space.</summary>
    public static Partitioning ByBuckets(int buckets) => new([KeyRange.All], buckets);

    /// <summary>The part of a row, or -1 when no range has it.</summary>
    /// <param name="schema">What the tuple holds.</param>
    /// <param name="tuple">The row.</param>
    /// <param name="hasher">Hashes this schema's keys.</param>
    public int PartOf(RowSchema schema, ReadOnlySpan<byte> tuple, RowHasher hasher)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(hasher);
        var range = Ranges.Count == 1 && Ranges[0] == KeyRange.All ? 0 : RangeOf(schema, tuple);
        if (range < 0 || Buckets == 1)
        {
            return range;
        }
        return (range * Buckets) + (int)(hasher.HashKey(tuple) & (Buckets - 1));
    }

    private int RangeOf(RowSchema schema, ReadOnlySpan<byte> tuple)
    {
        var ordinal = schema.KeyOrdinals[0];
        var kind = schema.Columns[ordinal].Type.Kind;
        if (!FieldReader.At(tuple, ordinal, out var value))
        {
            return -1;
        }
        int low = 0,
            high = Ranges.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var range = Ranges[middle];
            if (range.From is not null && KeyRange.Compare(kind, value, range.From) < 0)
            {
                high = middle - 1;
            }
            else if (range.To is not null && KeyRange.Compare(kind, value, range.To) >= 0)
            {
                low = middle + 1;
            }
            else
            {
                return middle;
            }
        }
        return -1;
    }
}
