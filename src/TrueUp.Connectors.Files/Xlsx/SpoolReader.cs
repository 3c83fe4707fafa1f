using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using TrueUp.Connectors.Files.Records;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>Reads the records of a <see cref="SheetSpool"/>.</summary>
internal sealed class SpoolReader(SafeFileHandle file, int width) : IDisposable
{
    private const int BufferBytes = 1 << 18,
        HeadBytes = 8,
        FieldBytes = 5;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _start;
    private int _end;
    private long _offset;
    private int _needed = HeadBytes;

    /// <summary>The record read last.</summary>
    public TextRecord Record { get; } = new();

    /// <summary>Reads the next record of what is buffered.</summary>
    /// <returns>False when <see cref="FillAsync"/> must be called.</returns>
    public bool TryRead()
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        _needed = rest.Length < HeadBytes ? HeadBytes : BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (rest.Length < _needed)
        {
            return false;
        }
        Record.Clear();
        Record.Buffer = _buffer;
        Record.Line = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
        Record.Ordinal++;
        var text = _start + HeadBytes + (FieldBytes * width);
        Record.Start = text;
        for (var i = 0; i < width; i++)
        {
            var head = rest[(HeadBytes + (FieldBytes * i))..];
            var length = BinaryPrimitives.ReadInt32LittleEndian(head[1..]);
            Record.Add(new Field(text, length, (FieldForm)head[0]));
            text += length + 1;
        }
        Record.Length = _start + _needed - Record.Start;
        _start += _needed;
        return true;
    }

    /// <summary>Reads on.</summary>
    /// <returns>False at the end.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var source = _buffer;
        if (_needed > source.Length)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(_needed);
        }
        source.AsSpan(_start, _end - _start).CopyTo(_buffer);
        if (!ReferenceEquals(source, _buffer))
        {
            ArrayPool<byte>.Shared.Return(source);
        }
        _end -= _start;
        _start = 0;
        var count = await RandomAccess.ReadAsync(file, _buffer.AsMemory(_end), _offset, cancellationToken);
        _offset += count;
        _end += count;
        return count > 0;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
