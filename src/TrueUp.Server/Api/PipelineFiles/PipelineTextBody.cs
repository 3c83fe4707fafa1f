using System.Text.Json.Serialization;
using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.PipelineFiles;

/// <summary>The text of a pipeline file.</summary>
/// <param name="Text">YAML.</param>
/// <param name="Note">Why it changes.</param>
/// <param name="ExpectedHash">The version it replaces; when the file is another by now, nothing changes.</param>
internal sealed record PipelineTextBody(
    [property: JsonRequired] string Text,
    string? Note = null,
    string? ExpectedHash = null
) : IRequestBody;
