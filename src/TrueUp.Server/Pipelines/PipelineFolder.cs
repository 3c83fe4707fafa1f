using System.Collections.Immutable;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Server.Pipelines;

/// <summary>Reads the folder of pipeline files into the catalog.</summary>
internal sealed class PipelineFolder(
    string folder,
    PipelineCatalog catalog,
    ConnectorRegistry connectors,
    Func<string, string?> environment
)
{
    /// <summary>Reads all files.</summary>
    public void Read()
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, PipelineEntry>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var reading = PipelineReader.Read(file, connectors, environment);
            var name = reading.Pipeline?.Name ?? Path.GetFileNameWithoutExtension(file);
            entries[name] = new PipelineEntry(name, file, reading.Pipeline, reading.Findings);
        }
        catalog.Set(entries.ToImmutable());
    }
}
