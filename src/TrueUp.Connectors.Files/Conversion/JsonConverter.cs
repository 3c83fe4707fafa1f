using System.Text.Json;
using TrueUp.Connectors.Files.Records;
using TrueUp.Rows;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>JSON documents, kept as they are written once they have been found to be JSON.</summary>
internal sealed class JsonConverter : FieldConverter
{
    public override string Expected => "JSON";

    public override bool TryWrite(ReadOnlySpan<byte> text, FieldForm form, RowBatchBuilder builder)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
                // Reading to the end is the check.
            }
        }
        catch (JsonException)
        {
            return false;
        }
        builder.WriteField(text);
        return true;
    }
}
