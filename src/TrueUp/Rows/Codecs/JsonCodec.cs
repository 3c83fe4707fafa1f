using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace TrueUp.Rows.Codecs;

/// <summary>JSON kept as it is written: all three forms are the UTF-8 bytes themselves, but they must be one
/// document.</summary>
internal sealed class JsonCodec(LogicalType type) : TypeCodec(type)
{
    // The reader does not recurse, and PostgreSQL takes thousands of levels.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 100_000 };

    public override bool TryParse(ReadOnlySpan<byte> text, IBufferWriter<byte> send)
    {
        if (!Utf8.IsValid(text) || !IsDocument(text))
        {
            return false;
        }
        send.Write(text);
        return true;
    }

    public override void Format(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => text.Write(send);

    public override void Canonical(ReadOnlySpan<byte> send, IBufferWriter<byte> text) => text.Write(send);

    private static bool IsDocument(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, Options);
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
