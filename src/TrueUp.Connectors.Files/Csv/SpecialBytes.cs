using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrueUp.Connectors.Files.Csv;

/// <summary>
/// Walks the delimiters, quotes and line ends of a buffer in order, without looking at the bytes between them one by
/// one: 64 bytes are compared at once and leave one bit for each special byte.
/// </summary>
internal struct SpecialBytes(CsvDialect dialect)
{
    /// <summary>Bytes that must be readable behind the last byte of text.</summary>
    public const int Padding = 64;

    private readonly Vector256<byte> _delimiter = Vector256.Create(dialect.Delimiter);
    private readonly Vector256<byte> _quote = Vector256.Create(dialect.Quote ?? dialect.Delimiter);
    private int _block;
    private ulong _bits;

    /// <summary>Begins at a position.</summary>
    public void Restart(int position)
    {
        _block = position - 64;
        _bits = 0;
    }

    /// <summary>The position of the next special byte, or -1 when there is none before the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(byte[] buffer, int end)
    {
        while (_bits == 0)
        {
            if (_block + 64 >= end)
            {
                return -1;
            }
            _block += 64;
            _bits = Compare(buffer.AsSpan(_block, 64));
        }
        var position = _block + BitOperations.TrailingZeroCount(_bits);
        if (position >= end)
        {
            return -1;
        }
        _bits &= _bits - 1;
        return position;
    }

    private readonly ulong Compare(ReadOnlySpan<byte> bytes) =>
        Compare(Vector256.Create(bytes)) | ((ulong)Compare(Vector256.Create(bytes[32..])) << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint Compare(Vector256<byte> bytes) =>
        (
            Vector256.Equals(bytes, _delimiter)
            | Vector256.Equals(bytes, _quote)
            | Vector256.Equals(bytes, Vector256.Create((byte)'\n'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\r'))
        ).ExtractMostSignificantBits();
}
