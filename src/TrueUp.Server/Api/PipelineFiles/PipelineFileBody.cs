using TrueUp.Server.Pipelines;

namespace TrueUp.Server.Api.PipelineFiles;

/// <summary>A pipeline file.</summary>
/// <param name="Name">The pipeline.</param>
/// <param name="File">The file's name.</param>
/// <param name="Hash">Which version the file is; null when it cannot be read.</param>
/// <param name="HashInForce">Which version is in force; null for none.</param>
/// <param name="Text">What stands in it, secrets hidden; null when they cannot be told from the rest.</param>
/// <param name="IsRedacted">Whether something is hidden, so that the text cannot be sent back as it is.</param>
/// <param name="Findings">What is wrong with it.</param>
internal sealed record PipelineFileBody(
    string Name,
    string File,
    string? Hash,
    string? HashInForce,
    string? Text,
    bool IsRedacted,
    IReadOnlyList<FindingBody> Findings
)
{
    public static PipelineFileBody Of(string name, KnownFile file, PipelineEntry? entry)
    {
        var text = file.Text is null ? null : InlineSecrets.Redact(file.Text);
        return new PipelineFileBody(
            name,
            Path.GetFileName(file.Path),
            file.Hash,
            entry?.Definition?.FileHash,
            text,
            text != file.Text,
            [.. (entry?.Findings ?? file.Findings).Select(FindingBody.Of)]
        );
    }
}
