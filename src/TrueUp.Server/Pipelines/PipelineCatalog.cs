using System.Collections.Immutable;
using TrueUp.Pipelines;

namespace TrueUp.Server.Pipelines;

/// <summary>The pipelines as they are now, by name.</summary>
internal sealed class PipelineCatalog()
    : Board<ImmutableSortedDictionary<string, PipelineEntry>>(ImmutableSortedDictionary<string, PipelineEntry>.Empty)
{
    private volatile bool _isRead;

    /// <summary>
    /// Whether the folder was read since the start: before, what is not here need not be gone. Ask this first, and then
    /// what is here.
    /// </summary>
    public bool IsRead => _isRead;

    /// <summary>Puts in force what the folder was found to hold.</summary>
    public void SetRead(ImmutableSortedDictionary<string, PipelineEntry> entries)
    {
        Set(entries);
        if (!_isRead)
        {
            // Told again, as who heard of it first could not know yet that this is all there is.
            _isRead = true;
            Set(entries);
        }
    }

    /// <summary>A pipeline that can run, or null.</summary>
    public PipelineDefinition? Find(string name) => Current.GetValueOrDefault(name)?.Definition;
}
