using TrueUp.Pipelines;

namespace TrueUp.Server.Pipelines;

/// <summary>A pipeline file as the server knows it.</summary>
/// <param name="Name">The pipeline's name; the file's without extension when it never could be read.</param>
/// <param name="File">Its absolute path.</param>
/// <param name="Definition">The last version without mistakes, which is what runs; null when there never was
/// one.</param>
/// <param name="Findings">What is wrong with, or to be known of, the file as it is now.</param>
internal sealed record PipelineEntry(
    string Name,
    string File,
    PipelineDefinition? Definition,
    IReadOnlyList<Finding> Findings
)
{
    /// <summary>Whether the file as it is now cannot be used.</summary>
    public bool IsBroken => Definition is null || Findings.Any(finding => finding.IsError);
}
