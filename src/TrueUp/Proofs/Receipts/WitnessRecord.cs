using System.Text.Json;

namespace TrueUp.Proofs.Receipts;

/// <summary>
/// What a witness is told of a receipt, one JSON object a line: enough to notice later that the chain was cut,
/// re-ordered or replaced, and nothing of the data.
/// </summary>
/// <param name="Time">When it was told (UTC).</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Sequence">The receipt's place in the chain.</param>
/// <param name="RunId">The run it is about.</param>
/// <param name="Hash">The receipt's hash.</param>
/// <param name="KeyId">The key that signed it.</param>
public sealed record WitnessRecord(
    DateTimeOffset Time,
    string Pipeline,
    long Sequence,
    string RunId,
    string Hash,
    string KeyId
)
{
    /// <summary>The line without its end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, WitnessJson.Default.WitnessRecord);

    /// <summary>Reads a line; null when it is none.</summary>
    public static WitnessRecord? TryParse(string line)
    {
        try
        {
            return
                JsonSerializer.Deserialize(line, WitnessJson.Default.WitnessRecord)
                    is { Pipeline: not null, Hash: not null } record
                ? record
                : null;
        }
        catch (JsonException)
        {
            // The caller counts the lines that are none.
            return null;
        }
    }
}
