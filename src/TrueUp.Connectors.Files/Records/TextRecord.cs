namespace TrueUp.Connectors.Files.Records;

/// <summary>One record as texts. It is filled anew for each record; nothing of it outlives the next one.</summary>
internal sealed class TextRecord
{
    /// <summary>The fields that are kept of a record; more are counted and make it ragged in any case.</summary>
    public const int FieldsMax = 32_767;

    private Field[] _fields = new Field[32];
    private byte[] _scratch = new byte[256];

    /// <summary>What <see cref="Field"/> positions count in.</summary>
    public byte[] Buffer { get; set; } = [];

    /// <summary>Where the record begins in the buffer.</summary>
    public int Start { get; set; }

    /// <summary>Its bytes in the buffer, without the line end.</summary>
    public int Length { get; set; }

    /// <summary>How many fields it has; <see cref="FieldsMax"/> of them are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Its number among the data records, from 1.</summary>
    public long Ordinal { get; set; }

    /// <summary>The line (or row of a sheet) it begins on, from 1.</summary>
    public long Line { get; set; }

    /// <summary>Why it cannot be read, if it cannot.</summary>
    public RecordFault Fault { get; set; }

    /// <summary>For an unclosed quote: the line of that quote.</summary>
    public long FaultLine { get; set; }

    /// <summary>The record as the source has it.</summary>
    public ReadOnlySpan<byte> Raw => Buffer.AsSpan(Start, Length);

    public Field this[int field] => _fields[field];

    public void Clear()
    {
        Count = 0;
        Fault = RecordFault.None;
    }

    public void Add(Field field)
    {
        if (Count < _fields.Length)
        {
            _fields[Count++] = field;
            return;
        }
        AddSlowly(field);
    }

    /// <summary>The text of a field, doubled quotes taken back to one. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Text(int index)
    {
        var field = _fields[index];
        var text = Buffer.AsSpan(field.Start, field.Length);
        return field.Form == FieldForm.Escaped ? Unescape(text) : text;
    }

    private void AddSlowly(Field field)
    {
        if (Count < FieldsMax)
        {
            Array.Resize(ref _fields, Math.Min(_fields.Length * 2, FieldsMax));
            _fields[Count] = field;
        }
        Count++;
    }

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text)
    {
        if (_scratch.Length < text.Length)
        {
            _scratch = new byte[Math.Max(text.Length, _scratch.Length * 2)];
        }
        var quote = Quote;
        var length = 0;
        while (text.IndexOf(quote) is var at and >= 0)
        {
            text[..(at + 1)].CopyTo(_scratch.AsSpan(length));
            length += at + 1;
            text = text[(at + 2)..];
        }
        text.CopyTo(_scratch.AsSpan(length));
        return _scratch.AsSpan(0, length + text.Length);
    }

    /// <summary>The quote that <see cref="FieldForm.Escaped"/> fields double.</summary>
    public byte Quote { get; init; } = (byte)'"';
}
