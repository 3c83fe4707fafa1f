using System.Buffers;
using System.Runtime.CompilerServices;

namespace TrueUp.Digests;

/// <summary>Holds the text of one row while it is written; a plain array, because every byte of a set goes through
/// it.</summary>
internal sealed class RowTextBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Begins a row's text.</summary>
    public void Begin()
    {
        _bytes[0] = (byte)'(';
        _length = 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(byte value)
    {
        if (_length == _bytes.Length)
        {
            Grow(1);
        }
        _bytes[_length++] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ReadOnlySpan<byte> text)
    {
        text.CopyTo(GetSpan(text.Length));
        _length += text.Length;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return _bytes.AsMemory(_length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (_bytes.Length - _length <= sizeHint)
        {
            Grow(sizeHint + 1);
        }
        return _bytes.AsSpan(_length);
    }

    private void Grow(int size) =>
        Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, (long)_length + size), Array.MaxLength));
}
