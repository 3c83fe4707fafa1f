using System.Buffers;
using System.Text;

namespace TrueUp.Rows;

/// <summary>
/// How a row's key is shown to people and found again in logs: the display text of a single key column as it is
/// (<c>AA123</c>), several columns as a record (<c>(17,"New York")</c>, null as nothing). Without a key, all columns
/// as a record. A single key that is null shows as <c>()</c>.
/// </summary>
public static class KeyText
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <summary>The key's text.</summary>
    /// <param name="schema">
    /// What the tuple holds; for a tuple of key columns alone, the <see cref="RowSchema.KeySchema"/>.
    /// </param>
    /// <param name="tuple">The row in transport form.</param>
    public static string Of(RowSchema schema, ReadOnlySpan<byte> tuple)
    {
        var text = new ArrayBufferWriter<byte>(64);
        Write(schema, tuple, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>Writes the key's text in UTF-8, without allocating for a row.</summary>
    /// <inheritdoc cref="Of"/>
    public static void Write(RowSchema schema, ReadOnlySpan<byte> tuple, IBufferWriter<byte> text)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var ordinals = schema.KeyOrdinals;
        if (ordinals.Count == 1 && FieldReader.At(tuple, ordinals[0], out var value))
        {
            schema.Codecs[ordinals[0]].Format(value, text);
            return;
        }
        text.Write("("u8);
        var fields = ordinals.Count == 0 ? schema.Columns.Count : ordinals.Count;
        for (var i = 0; i < fields; i++)
        {
            if (i > 0)
            {
                text.Write(","u8);
            }
            WriteField(schema, tuple, ordinals.Count == 0 ? i : ordinals[i], text);
        }
        text.Write(")"u8);
    }

    private static void WriteField(RowSchema schema, ReadOnlySpan<byte> tuple, int ordinal, IBufferWriter<byte> text)
    {
        if (!FieldReader.At(tuple, ordinal, out var value))
        {
            return;
        }
        var scratch = _scratch ??= new ArrayBufferWriter<byte>(256);
        scratch.ResetWrittenCount();
        schema.Codecs[ordinal].Format(value, scratch);
        RecordText.WriteField(scratch.WrittenSpan, text);
    }
}
