using System.Buffers;
using System.Text.Unicode;
using TrueUp.Connectors.Files.Content;
using TrueUp.Connectors.Files.Records;

namespace TrueUp.Connectors.Files.Csv;

/// <summary>
/// Reads records of RFC 4180 and its relatives: line ends LF, CRLF or CR; a quote opens a quoted field only at the
/// field's beginning and is a character like any other elsewhere; blank lines are no records. A record is parsed in
/// place in a buffer that holds it whole; one that is cut by the buffer's end is parsed again when more is there.
/// </summary>
/// <param name="input">The text.</param>
/// <param name="recordBytesMax">Longer records are told as <see cref="RecordFault.TooLarge"/>.</param>
internal sealed class CsvReader(TextInput input, int recordBytesMax) : IDisposable
{
    private const int BufferBytes = 1 << 20,
        SpareBytes = 64;

    private CsvDialect _dialect = new((byte)',', (byte)'"', Trim: false);
    private SpecialBytes _specials;
    private TextRecord _record = new();
    private OversizedRecord? _oversized;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _start;
    private int _end;
    private bool _isLast;
    private bool _isSuspect;
    private long _line = 1;

    /// <summary>The record read last.</summary>
    public TextRecord Record => _record;

    /// <summary>What is buffered and not yet read.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Whether nothing follows what is buffered.</summary>
    public bool IsLast => _isLast;

    /// <summary>Says how to read from here on.</summary>
    public void Use(CsvDialect dialect)
    {
        _dialect = dialect;
        _record = new TextRecord { Quote = dialect.Quote ?? 0 };
        _specials = new SpecialBytes(dialect);
        _specials.Restart(_start);
    }

    /// <summary>Reads on until the buffer is full or the file ends.</summary>
    /// <returns>False when the file has ended and every record of it was read.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isLast)
        {
            return _start < _end || _oversized is not null;
        }
        MakeRoom();
        while (!_isLast && Capacity - _end >= SpareBytes)
        {
            var count = await input.ReadAsync(_buffer.AsMemory(_end, Capacity - _end), cancellationToken);
            _isLast = count == 0;
            // One look at the block decides whether its records must be looked at one by one.
            _isSuspect |= _buffer.AsSpan(_end, count).ContainsAnyExceptInRange((byte)0x01, (byte)0x7F);
            _end += count;
        }
        _specials.Restart(_start);
        return true;
    }

    /// <summary>Leaves out lines, whatever is in them.</summary>
    public async ValueTask SkipLinesAsync(int lines, CancellationToken cancellationToken)
    {
        while (lines > 0)
        {
            var end = Buffered.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0 || (end + 1 == Buffered.Length && !_isLast))
            {
                // A line without an end in sight is dropped up to its last byte, which may be the first of CRLF.
                _start = Math.Max(_start, _isLast ? _end : _end - 1);
                if (_isLast)
                {
                    return;
                }
                await FillAsync(cancellationToken);
                continue;
            }
            var isPair = Buffered[end] == '\r' && end + 1 < Buffered.Length && Buffered[end + 1] == '\n';
            _start += end + (isPair ? 2 : 1);
            _line++;
            lines--;
        }
        _specials.Restart(_start);
    }

    /// <summary>Reads the next record into <see cref="Record"/>.</summary>
    /// <returns>False when <see cref="FillAsync"/> must be called.</returns>
    public bool TryRead()
    {
        if (_oversized is not null)
        {
            return TrySkip(_oversized);
        }
        while (_start < _end)
        {
            var line = _line;
            _record.Clear();
            if (!TryParse())
            {
                _line = line;
                _specials.Restart(_start);
                if (_end - _start <= recordBytesMax)
                {
                    return false;
                }
                _oversized = new OversizedRecord(_dialect, line);
                return TrySkip(_oversized);
            }
            if (_record.Count == 1 && _record[0] is { Length: 0, Form: FieldForm.Plain })
            {
                continue;
            }
            _record.Line = line;
            if (_isSuspect && _record.Fault == RecordFault.None)
            {
                _record.Fault = Check(_record.Raw);
            }
            if (_record.Length > recordBytesMax)
            {
                _record.Fault = RecordFault.TooLarge;
            }
            return true;
        }
        return false;
    }

    public void Dispose()
    {
        input.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private int Capacity => _buffer.Length - SpecialBytes.Padding;

    private static RecordFault Check(ReadOnlySpan<byte> raw) =>
        !raw.ContainsAnyExceptInRange((byte)0x01, (byte)0x7F) ? RecordFault.None
        : !Utf8.IsValid(raw) ? RecordFault.BadEncoding
        : raw.Contains((byte)0) ? RecordFault.NulByte
        : RecordFault.None;

    private int Blanks(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (count < bytes.Length && _dialect.IsBlank(bytes[count]))
        {
            count++;
        }
        return count;
    }

    private void MakeRoom()
    {
        var kept = _end - _start;
        var source = _buffer;
        if (kept > Capacity / 2)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(checked(source.Length * 2));
        }
        source.AsSpan(_start, kept).CopyTo(_buffer);
        if (!ReferenceEquals(source, _buffer))
        {
            ArrayPool<byte>.Shared.Return(source);
        }
        // What was kept is looked at again: it may hold what made the last block suspect, or be free of it.
        _isSuspect = _buffer.AsSpan(0, kept).ContainsAnyExceptInRange((byte)0x01, (byte)0x7F);
        _start = 0;
        _end = kept;
    }

    // Parses the record at _start. False when its end is not in the buffer.
    private bool TryParse()
    {
        var from = _start;
        while (true)
        {
            if (_dialect.Trim)
            {
                from += Blanks(_buffer.AsSpan(from, _end - from));
            }
            var isQuoted = from < _end && _buffer[from] == _dialect.Quote;
            if (!(isQuoted ? TryQuoted(from, out var stop) : TryPlain(from, out stop)))
            {
                return false;
            }
            if (stop >= _end)
            {
                return EndRecord(_end, _end);
            }
            var special = _buffer[stop];
            if (special == _dialect.Delimiter)
            {
                from = stop + 1;
                continue;
            }
            if (special == '\n')
            {
                return EndRecord(stop, stop + 1);
            }
            if (stop + 1 >= _end)
            {
                // A CR at the end of what is buffered: LF may follow.
                return _isLast && EndRecord(stop, stop + 1);
            }
            if (_buffer[stop + 1] != '\n')
            {
                return EndRecord(stop, stop + 1);
            }
            _specials.Next(_buffer, _end);
            return EndRecord(stop, stop + 2);
        }
    }

    private bool EndRecord(int stop, int next)
    {
        _record.Buffer = _buffer;
        _record.Start = _start;
        _record.Length = stop - _start;
        _start = next;
        _line++;
        return true;
    }

    private bool TryPlain(int from, out int stop)
    {
        do
        {
            stop = _specials.Next(_buffer, _end);
        } while (stop >= 0 && _buffer[stop] == _dialect.Quote);
        if (stop < 0)
        {
            stop = _end;
            if (!_isLast)
            {
                return false;
            }
        }
        var length = stop - from;
        while (_dialect.Trim && length > 0 && _dialect.IsBlank(_buffer[from + length - 1]))
        {
            length--;
        }
        _record.Add(new Field(from, length, FieldForm.Plain));
        return true;
    }

    private bool TryQuoted(int from, out int stop)
    {
        var quoteLine = _line;
        var form = FieldForm.Quoted;
        _specials.Next(_buffer, _end);
        while (true)
        {
            stop = _specials.Next(_buffer, _end);
            if (stop < 0)
            {
                stop = _end;
                _record.Fault = RecordFault.UnclosedQuote;
                _record.FaultLine = quoteLine;
                return _isLast;
            }
            var special = _buffer[stop];
            var hasNext = stop + 1 < _end;
            if (special == _dialect.Quote)
            {
                if (!hasNext && !_isLast)
                {
                    return false;
                }
                if (!hasNext || _buffer[stop + 1] != special)
                {
                    break;
                }
                _specials.Next(_buffer, _end);
                form = FieldForm.Escaped;
            }
            else if (special == '\n' || (special == '\r' && !(hasNext && _buffer[stop + 1] == '\n')))
            {
                _line++;
            }
        }
        _record.Add(new Field(from + 1, stop - from - 1, form));
        return TryAfterQuote(stop + 1, out stop);
    }

    private bool TryAfterQuote(int after, out int stop)
    {
        do
        {
            stop = _specials.Next(_buffer, _end);
        } while (stop >= 0 && _buffer[stop] == _dialect.Quote);
        if (stop < 0)
        {
            stop = _end;
            if (!_isLast)
            {
                return false;
            }
        }
        var rest = _buffer.AsSpan(after, stop - after);
        if (!rest.IsEmpty && !(_dialect.Trim && Blanks(rest) == rest.Length))
        {
            _record.Fault = RecordFault.TextAfterQuote;
        }
        return true;
    }

    private bool TrySkip(OversizedRecord oversized)
    {
        _start += oversized.Take(Buffered, out var ended);
        _specials.Restart(_start);
        if (!ended && !_isLast)
        {
            return false;
        }
        _oversized = null;
        _record.Clear();
        _record.Buffer = oversized.HeadBuffer;
        _record.Start = 0;
        _record.Length = oversized.Head.Length;
        _record.Line = oversized.FirstLine;
        _record.Fault = !ended && oversized.InQuotes ? RecordFault.UnclosedQuote : RecordFault.TooLarge;
        _record.FaultLine = oversized.QuoteLine;
        _line = oversized.Line;
        return true;
    }
}
