using System.Text.Json;

namespace TrueUp.Cli.Results;

/// <summary>A receipt as it stands in its file.</summary>
internal sealed record ReceiptResult(string File, JsonElement Receipt);
