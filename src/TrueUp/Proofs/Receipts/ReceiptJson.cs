using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrueUp.Proofs.Receipts;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(ReceiptBody))]
[JsonSerializable(typeof(ReceiptAttachment))]
internal sealed partial class ReceiptJson : JsonSerializerContext
{
    public static readonly JsonSerializerOptions Compact = new() { WriteIndented = false };
}
