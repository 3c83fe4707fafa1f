using System.Text.Json.Serialization;

namespace TrueUp.Runs;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProofState))]
internal sealed partial class ProofStateJson : JsonSerializerContext;
