using System.Buffers;

namespace TrueUp.Rows;

/// <summary>
/// A bounded number of rows in one pooled buffer. Each row is a tuple of PostgreSQL's binary COPY format: an int16
/// count of fields, then per field an int32 length (-1 for null) and that many bytes in the type's send form, all big
/// endian. The tuples lie one behind the other, so <see cref="Bytes"/> can be forwarded to a COPY stream as it is.
/// Whoever receives a batch from a reader disposes it.
/// </summary>
public sealed class RowBatch : IDisposable
{
    private byte[] _buffer;
    private int[] _ends;
    private long[] _ordinals;

    internal RowBatch(RowSchema schema, byte[] buffer, int[] ends, long[] ordinals, int count)
    {
        Schema = schema;
        _buffer = buffer;
        _ends = ends;
        _ordinals = ordinals;
        Count = count;
    }

    /// <summary>What the tuples hold.</summary>
    public RowSchema Schema { get; }

    /// <summary>
    /// The ordinal of a target's row that could not be carried as it is: its tuple has null for what cannot be
    /// expressed, so it must not be taken for the row.
    /// </summary>
    public const long Inexact = -1;

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>All tuples, one behind the other.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, Count == 0 ? 0 : _ends[Count - 1]);

    /// <summary>One tuple, its field count included.</summary>
    public ReadOnlySpan<byte> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        var start = row == 0 ? 0 : _ends[row - 1];
        return _buffer.AsSpan(start, _ends[row] - start);
    }

    /// <summary>
    /// Where the row stands in its source: the record number of a file (1 for the first data record), or 0 where the
    /// source has no such thing. The same row has the same number each time the same snapshot is read.
    /// </summary>
    public long Ordinal(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        return _ordinals[row];
    }

    /// <summary>The fields of one row.</summary>
    public FieldReader Fields(int row) => new(Row(row));

    /// <inheritdoc />
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            ArrayPool<int>.Shared.Return(_ends);
            ArrayPool<long>.Shared.Return(_ordinals);
        }
        _buffer = [];
        _ends = [];
        _ordinals = [];
    }
}
