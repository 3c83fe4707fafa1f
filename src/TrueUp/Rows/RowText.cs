using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TrueUp.Rows;

/// <summary>A whole row as one line of JSON, for dead letters and reports.</summary>
public static class RowText
{
    /// <summary>Characters shown at most.</summary>
    private const int LengthMax = 8192;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The row's columns by name with their display texts; cut off when it is very long.</summary>
    public static string Of(RowSchema schema, ReadOnlySpan<byte> tuple)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var output = new ArrayBufferWriter<byte>(512);
        var value = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(output, Options);
        var fields = new FieldReader(tuple);
        json.WriteStartObject();
        for (var i = 0; i < schema.Columns.Count; i++)
        {
            if (fields.Next(out var send))
            {
                value.ResetWrittenCount();
                schema.Codecs[i].Format(send, value);
                json.WriteString(schema.Columns[i].Name, value.WrittenSpan);
            }
            else
            {
                json.WriteNull(schema.Columns[i].Name);
            }
        }
        json.WriteEndObject();
        json.Flush();
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        if (text.Length <= LengthMax)
        {
            return text;
        }
        var length = char.IsHighSurrogate(text[LengthMax - 1]) ? LengthMax - 1 : LengthMax;
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
