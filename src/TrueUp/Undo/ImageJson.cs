using System.Text.Json.Serialization;

namespace TrueUp.Undo;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ImageHeader))]
internal sealed partial class ImageJson : JsonSerializerContext;
