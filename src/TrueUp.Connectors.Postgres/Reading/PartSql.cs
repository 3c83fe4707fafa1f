using System.Globalization;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Digests;

namespace TrueUp.Connectors.Postgres.Reading;

/// <summary>
/// A partitioning in SQL. The bounds of its ranges cut the key space into regions, which <c>width_bucket</c> numbers by
/// binary
/// search; some regions may lie between ranges and belong to none.
/// </summary>
internal sealed class PartSql
{
    // Beyond this many intervals a test of the region's number is cheaper than a chain of comparisons.
    private const int IntervalsMax = 64;

    private readonly Partitioning _partitioning;
    private readonly RowSql _rows;
    private readonly List<byte[]> _cuts = [];
    private readonly List<int> _rangeOfRegion = [-1];
    private readonly bool _isAll;

    public PartSql(Partitioning partitioning, RowSql rows)
    {
        _partitioning = partitioning;
        _rows = rows;
        _isAll = partitioning.Ranges is [{ From: null, To: null }];
        for (var range = 0; range < partitioning.Ranges.Count; range++)
        {
            var (from, to) = partitioning.Ranges[range];
            if (from is not null && (_cuts.Count == 0 || !_cuts[^1].AsSpan().SequenceEqual(from)))
            {
                Cut(from);
            }

            _rangeOfRegion[^1] = range;
            if (to is not null)
            {
                Cut(to);
            }
        }
    }

    /// <summary>A number for each row, from which <see cref="PartOf"/> tells its part.</summary>
    public string Number
    {
        get
        {
            var region = _cuts.Count == 0 ? "0" : $"width_bucket({Key}, {SqlLiteral.ArrayOf(KeyType, _cuts)})";
            return _partitioning.Buckets == 1
                ? $"({region})::int8"
                : $"({region})::int8 * {_partitioning.Buckets} + ({_rows.KeyHash} & {_partitioning.Buckets - 1})";
        }
    }

    private Rows.LogicalType KeyType => _rows.Plan.KeySchema.Columns[0].Type;

    private string Key => _rows.Values[_rows.Plan.Schema.KeyOrdinals[0]];

    /// <summary>The part of a row's number, or -1.</summary>
    public int PartOf(long number)
    {
        var (region, bucket) = Math.DivRem(number, _partitioning.Buckets);
        var range = _rangeOfRegion[(int)region];
        return range < 0 ? -1 : (range * _partitioning.Buckets) + (int)bucket;
    }

    /// <summary>A condition that chooses parts, or null when every row is meant.</summary>
    /// <param name="parts">The chosen part numbers; null for all.</param>
    public string? Where(IReadOnlyList<int>? parts)
    {
        if (_isAll && parts is null)
        {
            return null;
        }

        List<int> ranges = parts is null
            ? [.. Enumerable.Range(0, _partitioning.Ranges.Count)]
            : [.. parts.Select(p => p / _partitioning.Buckets).Distinct().Order()];
        if (ranges.Count == 0)
        {
            return "false";
        }

        var intervals = _isAll ? [] : Intervals(ranges);
        var isWide = intervals.Count > IntervalsMax;
        if (isWide)
        {
            intervals = [new KeyRange(intervals[0].From, intervals[^1].To)];
        }

        var bounds = _isAll ? "true" : string.Join(" OR ", intervals.Select(Bound));
        if (!isWide && (parts is null || parts.Count == ranges.Count * _partitioning.Buckets))
        {
            return bounds;
        }

        var numbers = (parts ?? Enumerable.Range(0, _partitioning.Parts)).Select(p =>
            NumberOf(p).ToString(CultureInfo.InvariantCulture)
        );
        return $"({bounds}) AND {Number} = ANY('{{{string.Join(',', numbers)}}}'::int8[])";
    }

    private long NumberOf(int part)
    {
        var (range, bucket) = Math.DivRem(part, _partitioning.Buckets);
        return ((long)_rangeOfRegion.IndexOf(range) * _partitioning.Buckets) + bucket;
    }

    private void Cut(byte[] value)
    {
        _cuts.Add(value);
        _rangeOfRegion.Add(-1);
    }

    /// <summary>Ranges that touch each other are one interval.</summary>
    private List<KeyRange> Intervals(List<int> ranges)
    {
        List<KeyRange> intervals = [];
        foreach (var range in ranges.Select(r => _partitioning.Ranges[r]))
        {
            if (
                intervals.Count > 0
                && intervals[^1].To is { } end
                && range.From is { } begin
                && end.AsSpan().SequenceEqual(begin)
            )
            {
                intervals[^1] = intervals[^1] with { To = range.To };
            }
            else
            {
                intervals.Add(range);
            }
        }
        return intervals;
    }

    private string Bound(KeyRange range)
    {
        List<string> bounds = [];
        if (range.From is not null)
        {
            bounds.Add($"{_rows.LeadingKey} >= {SqlLiteral.Of(KeyType, range.From)}");
        }

        if (range.To is not null)
        {
            bounds.Add($"{_rows.LeadingKey} < {SqlLiteral.Of(KeyType, range.To)}");
        }

        return bounds.Count == 0 ? $"{_rows.LeadingKey} IS NOT NULL" : string.Join(" AND ", bounds);
    }
}
