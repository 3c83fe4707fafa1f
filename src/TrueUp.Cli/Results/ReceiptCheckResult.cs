using System.Text.Json.Serialization;
using TrueUp.Proofs.Receipts;

namespace TrueUp.Cli.Results;

/// <summary>What <c>receipt check</c> found.</summary>
internal sealed record ReceiptCheckResult(string File, bool Holds)
{
    /// <summary>With <c>--live</c>: the pipeline file both sides were compared by.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PipelineFile { get; init; }

    /// <summary>With <c>--live</c>: the claim then and now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LiveCheck? Live { get; init; }
}
