using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrueUp.Cli.Results;

namespace TrueUp.Cli.Output;

/// <summary>How results become JSON: snake_case, nulls written, texts readable.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(DoctorResult))]
[JsonSerializable(typeof(InitResult))]
[JsonSerializable(typeof(VersionResult))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>The context that commands use. What is printed is no HTML, so letters of all languages stay themselves.</summary>
    public static CliJson Shared { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
