using TrueUp.Connectors.Files.Records;

namespace TrueUp.Connectors.Files.Csv;

/// <summary>
/// Finds the end of a record that is too long to be kept, byte by byte and in constant memory, by the rules that
/// <see cref="CsvReader"/> follows. Keeps its beginning for the report.
/// </summary>
internal sealed class OversizedRecord(CsvDialect dialect, long firstLine)
{
    private readonly byte[] _head = new byte[RawText.BytesMax + 4];
    private int _headLength;
    private long _lineEnds;
    private long _quoteLineEnds;
    private bool _wasReturn;
    private State _state = State.FieldStart;

    private enum State
    {
        FieldStart,
        Unquoted,
        Quoted,
        AfterQuote,
        AfterReturn,
    }

    /// <summary>The beginning of the record.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    public byte[] HeadBuffer => _head;

    /// <summary>The line the record begins on.</summary>
    public long FirstLine => firstLine;

    /// <summary>The line reached.</summary>
    public long Line => firstLine + _lineEnds;

    /// <summary>The line of the quote opened last.</summary>
    public long QuoteLine => firstLine + _quoteLineEnds;

    /// <summary>Whether the text so far ends inside quotes.</summary>
    public bool InQuotes => _state == State.Quoted;

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">What follows.</param>
    /// <param name="ended">Whether the record's line end is among them.</param>
    /// <returns>Bytes that belong to the record, its line end included.</returns>
    public int Take(ReadOnlySpan<byte> bytes, out bool ended)
    {
        var kept = Math.Min(bytes.Length, _head.Length - _headLength);
        bytes[..kept].CopyTo(_head.AsSpan(_headLength));
        _headLength += kept;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_state == State.AfterReturn)
            {
                ended = true;
                return bytes[i] == '\n' ? i + 1 : i;
            }
            if (Step(bytes[i]))
            {
                ended = true;
                return i + 1;
            }
        }
        ended = false;
        return bytes.Length;
    }

    private bool Step(byte value)
    {
        if (_state == State.Quoted)
        {
            // CRLF is one line end, and so is each of the two alone.
            _lineEnds += value == '\r' || (value == '\n' && !_wasReturn) ? 1 : 0;
            _wasReturn = value == '\r';
            _state = value == dialect.Quote ? State.AfterQuote : State.Quoted;
            return false;
        }
        if (value is (byte)'\n' or (byte)'\r')
        {
            _lineEnds++;
            _state = State.AfterReturn;
            return value == '\n';
        }
        if (value == dialect.Quote && _state is (State.FieldStart or State.AfterQuote))
        {
            _wasReturn = false;
            _quoteLineEnds = _state == State.FieldStart ? _lineEnds : _quoteLineEnds;
            _state = State.Quoted;
            return false;
        }
        var blank = dialect.Trim && _state == State.FieldStart && dialect.IsBlank(value);
        _state = value == dialect.Delimiter || blank ? State.FieldStart : State.Unquoted;
        return false;
    }
}
