using System.Text;
using TrueUp.Pipelines.Reading;
using TrueUp.Pipelines.Validation;
using TrueUp.Pipelines.Yaml;
using TrueUp.Sides;

namespace TrueUp.Pipelines;

/// <summary>
/// Reads pipeline files. Reading goes in three steps, each of which only adds findings: bytes become a tree of nodes
/// that know
/// their lines (<see cref="YamlTree"/>), the tree becomes a definition (values of the wrong kind are found here and
/// replaced by
/// their defaults), and validators look at the definition as a whole. So one call reports all mistakes of a file.
/// </summary>
public static class PipelineReader
{
    /// <summary>The longest file that is read, in bytes.</summary>
    public const int FileBytesMax = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path; relative paths in it are taken from its folder.</param>
    /// <param name="connectors">What sides there are.</param>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    public static PipelineReading Read(string file, ConnectorRegistry connectors, Func<string, string?> environment)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return PipelineFile.Load(file, out var bytes) is { } finding
            ? new PipelineReading(null, [finding with { File = file }])
            : ReadBytes(bytes, file, connectors, environment);
    }

    /// <summary>Reads a text as if it stood in a file.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">The file's path for messages and for relative paths, or null for the current folder.</param>
    /// <param name="connectors">What sides there are.</param>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    public static PipelineReading ReadText(
        string yaml,
        string? file,
        ConnectorRegistry connectors,
        Func<string, string?> environment
    )
    {
        ArgumentNullException.ThrowIfNull(yaml);
        return ReadBytes(Encoding.UTF8.GetBytes(yaml), file, connectors, environment);
    }

    /// <summary>Reads the bytes of a file that somebody else has read.</summary>
    internal static PipelineReading ReadBytes(
        byte[] bytes,
        string? file,
        ConnectorRegistry connectors,
        Func<string, string?> environment
    )
    {
        ArgumentNullException.ThrowIfNull(connectors);
        ArgumentNullException.ThrowIfNull(environment);
        var findings = new FindingList(file);
        if (PipelineFile.Decode(bytes, findings) is not { } text || YamlTree.Load(text, findings) is not { } root)
        {
            return new PipelineReading(null, findings.InOrder());
        }
        var pipeline = new DefinitionReader(findings, connectors, environment, file).Read(root) with
        {
            File = file is null ? null : Path.GetFullPath(file),
            FileHash = PipelineFile.Hash(bytes),
        };
        findings.AddNew(PipelineValidation.Check(pipeline, connectors));
        return new PipelineReading(findings.HasErrors ? null : pipeline, findings.InOrder());
    }
}
