using System.Text.Json;

namespace TrueUp.Cli.Output;

/// <summary>The one object that <c>--json</c> prints.</summary>
/// <param name="Command">The command: <c>dead-letters list</c>.</param>
/// <param name="Ok">Whether the exit code is 0.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Result">What the command found or did; null when it failed before.</param>
/// <param name="Error">What went wrong; null on success.</param>
internal sealed record Envelope(string Command, bool Ok, string Summary, JsonElement? Result, ErrorBody? Error);
