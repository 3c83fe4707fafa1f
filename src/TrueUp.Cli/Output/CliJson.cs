using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrueUp.Audit;
using TrueUp.Cli.Results;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Output;

/// <summary>How results become JSON: snake_case, nulls written, texts readable.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(FindingBody))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(RunsResult))]
[JsonSerializable(typeof(StatusResult))]
[JsonSerializable(typeof(RunShowResult))]
[JsonSerializable(typeof(ErrorsResult))]
[JsonSerializable(typeof(DeadLettersResult))]
[JsonSerializable(typeof(DeadLetterEntry))]
[JsonSerializable(typeof(RetryResult))]
[JsonSerializable(typeof(DiscardResult))]
[JsonSerializable(typeof(ReceiptResult))]
[JsonSerializable(typeof(ReceiptsResult))]
[JsonSerializable(typeof(ReceiptCheckResult))]
[JsonSerializable(typeof(UndoResult))]
[JsonSerializable(typeof(RotateKeyResult))]
[JsonSerializable(typeof(DoctorResult))]
[JsonSerializable(typeof(InitResult))]
[JsonSerializable(typeof(ServeResult))]
[JsonSerializable(typeof(VersionResult))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>
    /// The context that commands use. What is printed is no HTML, so letters of all languages stay themselves.
    /// </summary>
    public static CliJson Shared { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                Converters =
                {
                    new FindingConverter(),
                    Names<RunState>(),
                    Names<RunStatus>(),
                    Names<Verdict>(),
                    Names<TriggerSource>(),
                    Names<SyncMode>(),
                    Names<LetterState>(),
                    Names<ErrorType>(),
                    Names<Severity>(),
                },
            }
        );

    private static JsonStringEnumConverter<T> Names<T>()
        where T : struct, Enum => new(JsonNamingPolicy.SnakeCaseLower);

    /// <summary>Findings look the same wherever they come from.</summary>
    private sealed class FindingConverter : JsonConverter<Finding>
    {
        public override Finding Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Findings are only written.");

        public override void Write(Utf8JsonWriter writer, Finding value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, Output.FindingBody.Of(value), Shared.FindingBody);
    }
}
