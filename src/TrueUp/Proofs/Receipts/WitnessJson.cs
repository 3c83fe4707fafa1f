using System.Text.Json.Serialization;

namespace TrueUp.Proofs.Receipts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WitnessRecord))]
internal sealed partial class WitnessJson : JsonSerializerContext;
