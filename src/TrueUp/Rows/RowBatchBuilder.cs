using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace TrueUp.Rows;

/// <summary>
/// Builds a <see cref="RowBatch"/> field by field. Between <see cref="BeginField"/> and <see cref="EndField"/> it is
/// the buffer the field's send form is written to. Limits: <see cref="RowsMax"/> rows or about <see cref="BytesMax"/>
/// bytes.
/// </summary>
public sealed class RowBatchBuilder : IBufferWriter<byte>, IDisposable
{
    /// <summary>Rows after which a batch is full.</summary>
    public const int RowsMax = 4096;

    /// <summary>Bytes after which a batch is full; one row may go beyond it.</summary>
    public const int BytesMax = 1 << 19;

    private readonly RowSchema _schema;
    private readonly int _rowsMax;
    private readonly int _bytesMax;
    private byte[] _buffer = [];
    private int[] _ends = [];
    private long[] _ordinals = [];
    private int _count;
    private int _length;
    private int _fieldStart;
    private int _fields;

    /// <param name="schema">What the rows hold.</param>
    /// <param name="rowsMax">Rows after which the batch is full.</param>
    /// <param name="bytesMax">Bytes after which the batch is full.</param>
    public RowBatchBuilder(RowSchema schema, int rowsMax = RowsMax, int bytesMax = BytesMax)
    {
        _schema = schema;
        _rowsMax = rowsMax;
        _bytesMax = bytesMax;
        Rent();
    }

    /// <summary>Rows finished so far.</summary>
    public int Count => _count;

    /// <summary>True when the batch should be built before another row begins.</summary>
    public bool IsFull => _count >= _rowsMax || _length >= _bytesMax;

    /// <summary>The bytes of the row being written, so far.</summary>
    public int RowLength => _length - RowStart;

    /// <summary>The bytes of the row being written; valid until the next call.</summary>
    public ReadOnlySpan<byte> CurrentRow => _buffer.AsSpan(RowStart, RowLength);

    private int RowStart => _count == 0 ? 0 : _ends[_count - 1];

    /// <summary>Begins a row; see <see cref="RowBatch.Ordinal"/>.</summary>
    public void BeginRow(long ordinal = 0)
    {
        _ordinals[_count] = ordinal;
        _fields = 0;
        BinaryPrimitives.WriteInt16BigEndian(GetSpan(2), checked((short)_schema.Columns.Count));
        _length += 2;
    }

    /// <summary>Writes a null field.</summary>
    public void WriteNull()
    {
        BinaryPrimitives.WriteInt32BigEndian(GetSpan(4), -1);
        _length += 4;
        _fields++;
    }

    /// <summary>Writes a field whose send form is at hand.</summary>
    public void WriteField(ReadOnlySpan<byte> send)
    {
        var span = GetSpan(4 + send.Length);
        BinaryPrimitives.WriteInt32BigEndian(span, send.Length);
        send.CopyTo(span[4..]);
        _length += 4 + send.Length;
        _fields++;
    }

    /// <summary>Writes an integer of 2, 4 or 8 bytes that holds the value.</summary>
    public void WriteInteger(long value, int size)
    {
        var span = GetSpan(12);
        BinaryPrimitives.WriteInt32BigEndian(span, size);
        // The narrow form is the end of the wide one, which shifting brings to the front.
        BinaryPrimitives.WriteInt64BigEndian(span[4..], value << (64 - (size * 8)));
        _length += 4 + size;
        _fields++;
    }

    /// <summary>Begins a field that is written through <see cref="IBufferWriter{T}"/>.</summary>
    public void BeginField()
    {
        GetSpan(4);
        _fieldStart = _length;
        _length += 4;
    }

    /// <summary>Ends the field begun last.</summary>
    public void EndField()
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_fieldStart), _length - _fieldStart - 4);
        _fields++;
    }

    /// <summary>Takes back what was written of the field begun last.</summary>
    public void CancelField() => _length = _fieldStart;

    /// <summary>Ends the row.</summary>
    /// <exception cref="InvalidOperationException">The row has not one field for each column.</exception>
    public void EndRow()
    {
        if (_fields != _schema.Columns.Count)
        {
            throw new InvalidOperationException(
                $"A row of {_fields} fields was written for {_schema.Columns.Count} columns."
            );
        }
        _ends[_count++] = _length;
    }

    /// <summary>Marks the row begun last as <see cref="RowBatch.Inexact"/>.</summary>
    public void MarkInexact() => _ordinals[_count] = RowBatch.Inexact;

    /// <summary>Takes back what was written of the row begun last.</summary>
    public void CancelRow() => _length = RowStart;

    /// <summary>Writes a whole tuple.</summary>
    public void WriteTuple(ReadOnlySpan<byte> tuple, long ordinal = 0)
    {
        _ordinals[_count] = ordinal;
        tuple.CopyTo(GetSpan(tuple.Length));
        _length += tuple.Length;
        _ends[_count++] = _length;
    }

    /// <summary>Hands the rows over and starts anew.</summary>
    public RowBatch Build()
    {
        var batch = new RowBatch(_schema, _buffer, _ends, _ordinals, _count);
        Rent();
        return batch;
    }

    /// <inheritdoc />
    public void Advance(int count) => _length += count;

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        new RowBatch(_schema, _buffer, _ends, _ordinals, 0).Dispose();
        _buffer = [];
        _ends = [];
        _ordinals = [];
        _count = 0;
        _length = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int size)
    {
        if (size <= 0 || size > _buffer.Length - _length)
        {
            Grow(size);
        }
    }

    private void Grow(int size)
    {
        var needed = checked(_length + Math.Max(size, 1));
        if (needed <= _buffer.Length)
        {
            return;
        }
        var length = Math.Min(Math.Max((uint)needed, (uint)_buffer.Length * 2), (uint)Array.MaxLength);
        var larger = ArrayPool<byte>.Shared.Rent((int)length);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void Rent()
    {
        _buffer = ArrayPool<byte>.Shared.Rent(_bytesMax + (_bytesMax >> 2));
        _ends = ArrayPool<int>.Shared.Rent(_rowsMax);
        _ordinals = ArrayPool<long>.Shared.Rent(_rowsMax);
        _count = 0;
        _length = 0;
    }
}
