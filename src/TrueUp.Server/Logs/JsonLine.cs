using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using TrueUp.Audit;

namespace TrueUp.Server.Logs;

/// <summary>
/// An entry as one JSON object on one line: <c>timestamp</c>, <c>level</c>, <c>logger</c>, <c>message</c>, and where
/// there are any <c>event_id</c>, <c>run_id</c>, <c>pipeline</c>, <c>context</c> and <c>error</c>.
/// </summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Lines are read by people too, and stand in no web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The line in UTF-8, with its end.</summary>
    public static byte[] Of(in LogEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", LogText.Time(entry.Time));
            json.WriteString("level", LogText.Level(entry.Level));
            json.WriteString("logger", entry.Logger);
            json.WriteString("message", LogText.Message(entry));
            if (entry.Event != 0)
            {
                json.WriteNumber("event_id", entry.Event);
            }
            WriteFields(json, entry.Fields);
            if (entry.Error is { } error)
            {
                WriteError(json, error);
            }
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyDictionary<string, object?> fields)
    {
        foreach (var name in (string[])["run_id", "pipeline"])
        {
            if (fields.GetValueOrDefault(name) is { } value)
            {
                WriteValue(json, name, value);
            }
        }
        var context = fields.Where(f => f.Key is not ("run_id" or "pipeline") && f.Value is not null).ToList();
        if (context.Count == 0)
        {
            return;
        }
        json.WriteStartObject("context");
        foreach (var (name, value) in context)
        {
            WriteValue(json, name, value!);
        }
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object value)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case Enum:
                json.WriteStringValue(value.ToString()!.ToLowerInvariant());
                break;
            default:
                json.WriteStringValue(LogText.Value(name, value));
                break;
        }
    }

    private static void WriteError(Utf8JsonWriter json, Exception error)
    {
        json.WriteStartObject("error");
        json.WriteString("type", error.GetType().FullName);
        json.WriteString("message", Redaction.Clean(error.Message));
        json.WriteString("stack_trace", Redaction.StackTrace(error.ToString()));
        json.WriteEndObject();
    }
}
