using System.Buffers;
using System.Buffers.Text;
using TrueUp.Rows;
using TrueUp.Rows.Codecs;

namespace TrueUp.Digests;

/// <summary>
/// Hashes rows in this process exactly as PostgreSQL hashes <c>row(canonical columns)::text</c>. The row's text is the
/// output form of a composite value: fields between parentheses, separated by commas, null as nothing at all; a field
/// that is empty or has a quote, backslash, parenthesis, comma or white space is quoted, with quotes and backslashes
/// doubled. Fields can therefore never run together. Not safe for use by two threads at once.
/// </summary>
public sealed class RowHasher
{
    private readonly RowTextBuffer _row = new();
    private readonly ArrayBufferWriter<byte> _field = new(256);
    private readonly TypeCodec[] _codecs;
    private readonly int[] _keyOrdinals;
    private readonly FieldText[] _fields;

    public RowHasher(RowSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        _codecs = schema.Codecs.ToArray();
        _keyOrdinals = [.. schema.KeyOrdinals];
        _fields = [.. schema.Columns.Select(c => TextOf(c.Type.Kind))];
    }

    // How the canonical text of a column gets into the row's.
    private enum FieldText : byte
    {
        /// <summary>A number that is written without a codec.</summary>
        Integer,

        /// <summary>A text that never needs quotes.</summary>
        Plain,

        /// <summary>The send form is the text.</summary>
        AsSent,

        /// <summary>A text that may need quotes.</summary>
        Any,
    }

    /// <summary>The hash of a whole row.</summary>
    /// <param name="tuple">The row in transport form.</param>
    /// <param name="seed">The seed of this proof.</param>
    public long HashRow(ReadOnlySpan<byte> tuple, long seed) => TextHash.Compute(WriteText(tuple), seed);

    /// <summary>The hash of the row's key columns alone; 32-bit slices of it choose buckets.</summary>
    public long HashKey(ReadOnlySpan<byte> tuple, long seed = 0)
    {
        _row.Begin();
        for (var i = 0; i < _keyOrdinals.Length; i++)
        {
            if (i > 0)
            {
                _row.Write((byte)',');
            }
            if (FieldReader.At(tuple, _keyOrdinals[i], out var value))
            {
                WriteField(_keyOrdinals[i], value, _row);
            }
        }
        _row.Write((byte)')');
        return TextHash.Compute(_row.Written, seed);
    }

    /// <summary>The text that is hashed, for tests, corpora and documentation. Valid until the next call.</summary>
    public ReadOnlySpan<byte> WriteText(ReadOnlySpan<byte> tuple)
    {
        WriteText(tuple, _row);
        return _row.Written;
    }

    /// <summary>Writes the text that is hashed.</summary>
    internal void WriteText(ReadOnlySpan<byte> tuple, RowTextBuffer row)
    {
        row.Begin();
        var fields = new FieldReader(tuple);
        for (var i = 0; i < _codecs.Length; i++)
        {
            if (i > 0)
            {
                row.Write((byte)',');
            }
            if (fields.Next(out var value))
            {
                WriteField(i, value, row);
            }
        }
        row.Write((byte)')');
    }

    private static FieldText TextOf(LogicalKind kind) =>
        kind switch
        {
            LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => FieldText.Integer,
            LogicalKind.Text or LogicalKind.Raw => FieldText.AsSent,
            LogicalKind.Json or LogicalKind.Bytes => FieldText.Any,
            _ => FieldText.Plain,
        };

    private void WriteField(int ordinal, ReadOnlySpan<byte> value, RowTextBuffer row)
    {
        switch (_fields[ordinal])
        {
            case FieldText.Integer:
                Utf8Formatter.TryFormat(IntegerCodec.Read(value), row.GetSpan(20), out var written);
                row.Advance(written);
                break;
            case FieldText.Plain:
                _codecs[ordinal].Canonical(value, row);
                break;
            case FieldText.AsSent when RecordText.IsPlain(value):
                row.Write(value);
                break;
            case FieldText.AsSent:
                RecordText.WriteField(value, row);
                break;
            default:
                _field.ResetWrittenCount();
                _codecs[ordinal].Canonical(value, _field);
                RecordText.WriteField(_field.WrittenSpan, row);
                break;
        }
    }
}
