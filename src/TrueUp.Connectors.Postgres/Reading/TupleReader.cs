using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Reading;

/// <summary>
/// Cuts a binary COPY stream into batches of its tuples, which are kept byte by byte. The stream: an 11-byte signature,
/// flags
/// and the length of an extension (int32 each), tuples, and an int16 of -1 (documentation of COPY, "Binary Format").
/// </summary>
/// <param name="copy">The stream.</param>
/// <param name="schema">What a tuple holds.</param>
/// <param name="padded">Fields whose blanks at the end are cut off; null for none.</param>
internal sealed class TupleReader(Stream copy, RowSchema schema, IReadOnlyList<int>? padded = null)
{
    private const int SignatureLength = 11;
    private const int BufferLength = 1 << 18;

    // In place of a row's number of fields.
    private const short Trailer = -1;

    // PostgreSQL's own limit of a value.
    private const int FieldBytesMax = 1 << 30;

    private readonly bool[] _padded = padded is { Count: > 0 }
        ? [.. schema.Columns.Select((_, i) => padded.Contains(i))]
        : [];

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Reads to the end.</summary>
    public async IAsyncEnumerable<RowBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var builder = new RowBatchBuilder(schema);
        try
        {
            await FillAsync(cancellationToken);
            SkipHeader();
            while (true)
            {
                while (TryTuple(out var length))
                {
                    Write(builder, _buffer.AsSpan(_start, length));
                    _start += length;
                    if (builder.IsFull)
                    {
                        yield return builder.Build();
                    }
                }
                if (_ended)
                {
                    break;
                }

                await FillAsync(cancellationToken);
            }
            CheckEnd();
            if (builder.Count > 0)
            {
                yield return builder.Build();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private void Write(RowBatchBuilder builder, ReadOnlySpan<byte> tuple)
    {
        if (_padded.Length == 0)
        {
            builder.WriteTuple(tuple);
            return;
        }

        builder.BeginRow();
        var fields = new FieldReader(tuple);
        foreach (var isPadded in _padded)
        {
            if (!fields.Next(out var value))
            {
                builder.WriteNull();
            }
            else
            {
                builder.WriteField(isPadded ? value[..(value.LastIndexOfAnyExcept((byte)' ') + 1)] : value);
            }
        }
        builder.EndRow();
    }

    /// <summary>False when the tuple at hand is not there whole, or there is none left.</summary>
    private bool TryTuple(out int length)
    {
        length = 0;
        var rest = _buffer.AsSpan(_start, _end - _start);
        if (rest.Length < 2)
        {
            return false;
        }

        var fields = BinaryPrimitives.ReadInt16BigEndian(rest);
        if (fields == Trailer)
        {
            return false;
        }

        if (fields != schema.Columns.Count)
        {
            throw new InvalidDataException(
                $"A row of the server's COPY stream has {fields} fields instead of {schema.Columns.Count}."
            );
        }

        var at = 2;
        for (; fields > 0; fields--)
        {
            if (rest.Length < at + 4)
            {
                return false;
            }

            var bytes = BinaryPrimitives.ReadInt32BigEndian(rest[at..]);
            if (bytes is < -1 or > FieldBytesMax)
            {
                throw new InvalidDataException($"A field of the server's COPY stream has {bytes} bytes.");
            }

            at += 4 + Math.Max(bytes, 0);
            if (rest.Length < at)
            {
                return false;
            }
        }
        length = at;
        return true;
    }

    /// <summary>Fills the buffer as far as the stream goes, after making room.</summary>
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var rest = _end - _start;
        if (rest == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(_start, rest).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, rest).CopyTo(_buffer);
        }
        (_start, _end) = (0, rest);
        while (_end < _buffer.Length)
        {
            var read = await copy.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                _ended = true;
                return;
            }
            _end += read;
        }
    }

    // Without this, a stream that lost its end would pass for a table with fewer rows.
    private void CheckEnd()
    {
        if (_end - _start != sizeof(short) || BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_start)) != Trailer)
        {
            throw new InvalidDataException("The server's COPY stream ends before its trailer.");
        }
    }

    private void SkipHeader()
    {
        if (_end < SignatureLength + 8 || !_buffer.AsSpan(0, SignatureLength).SequenceEqual(CopyFormat.Signature))
        {
            throw new InvalidDataException("The server's COPY stream does not begin as one.");
        }

        _start = SignatureLength + 8 + BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(SignatureLength + 4));
    }
}
