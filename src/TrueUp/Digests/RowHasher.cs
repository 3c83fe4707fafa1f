using System.Buffers;
using TrueUp.Rows;

namespace TrueUp.Digests;

/// <summary>
/// Hashes rows in this process exactly as PostgreSQL hashes <c>row(canonical columns)::text</c>. The row's text is the
/// output form of a composite value: fields between parentheses, separated by commas, null as nothing at all; a field
/// that is empty or has a quote, backslash, parenthesis, comma or white space is quoted, with quotes and backslashes
/// doubled. Fields can therefore never run together. Not safe for use by two threads at once.
/// </summary>
public sealed class RowHasher
{
    private readonly ArrayBufferWriter<byte> _row = new(1024);
    private readonly ArrayBufferWriter<byte> _field = new(256);
    private readonly TypeCodec[] _codecs;
    private readonly int[] _keyOrdinals;
    private readonly bool[] _plain;

    public RowHasher(RowSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        _codecs = schema.Codecs.ToArray();
        _keyOrdinals = [.. schema.KeyOrdinals];
        _plain = [.. schema.Columns.Select(c => IsPlain(c.Type.Kind))];
    }

    /// <summary>The hash of a whole row.</summary>
    /// <param name="tuple">The row in transport form.</param>
    /// <param name="seed">The seed of this proof.</param>
    public long HashRow(ReadOnlySpan<byte> tuple, long seed)
    {
        WriteText(tuple);
        return TextHash.Compute(_row.WrittenSpan, seed);
    }

    /// <summary>The hash of the row's key columns alone; 32-bit slices of it choose buckets.</summary>
    public long HashKey(ReadOnlySpan<byte> tuple, long seed = 0)
    {
        _row.ResetWrittenCount();
        _row.Write("("u8);
        for (var i = 0; i < _keyOrdinals.Length; i++)
        {
            if (i > 0)
            {
                _row.Write(","u8);
            }
            if (FieldReader.At(tuple, _keyOrdinals[i], out var value))
            {
                WriteField(_keyOrdinals[i], value);
            }
        }
        _row.Write(")"u8);
        return TextHash.Compute(_row.WrittenSpan, seed);
    }

    /// <summary>The text that is hashed, for tests, corpora and documentation. Valid until the next call.</summary>
    public ReadOnlySpan<byte> WriteText(ReadOnlySpan<byte> tuple)
    {
        _row.ResetWrittenCount();
        _row.Write("("u8);
        var fields = new FieldReader(tuple);
        for (var i = 0; i < _codecs.Length; i++)
        {
            if (i > 0)
            {
                _row.Write(","u8);
            }
            if (fields.Next(out var value))
            {
                WriteField(i, value);
            }
        }
        _row.Write(")"u8);
        return _row.WrittenSpan;
    }

    private static bool IsPlain(LogicalKind kind) =>
        kind is not (LogicalKind.Text or LogicalKind.Json or LogicalKind.Raw or LogicalKind.Bytes);

    private void WriteField(int ordinal, ReadOnlySpan<byte> value)
    {
        if (_plain[ordinal])
        {
            _codecs[ordinal].Canonical(value, _row);
            return;
        }
        _field.ResetWrittenCount();
        _codecs[ordinal].Canonical(value, _field);
        RecordText.WriteField(_field.WrittenSpan, _row);
    }
}
