using System.Collections.Immutable;
using TrueUp.Pipelines;

namespace TrueUp.Server.Pipelines;

/// <summary>The pipelines as they are now, by name.</summary>
internal sealed class PipelineCatalog()
    : Board<ImmutableSortedDictionary<string, PipelineEntry>>(ImmutableSortedDictionary<string, PipelineEntry>.Empty)
{
    /// <summary>A pipeline that can run, or null.</summary>
    public PipelineDefinition? Find(string name) => Current.GetValueOrDefault(name)?.Definition;
}
