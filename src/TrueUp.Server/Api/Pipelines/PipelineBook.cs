using TrueUp.Server.Pipelines;
using TrueUp.Server.Security;
using TrueUp.Store;

namespace TrueUp.Server.Api.Pipelines;

/// <summary>Which pipelines there are: those with a file, and those that ever ran.</summary>
internal sealed class PipelineBook(PipelineCatalog catalog, TrueUpHome home)
{
    /// <summary>All files.</summary>
    public IEnumerable<PipelineEntry> Entries => catalog.Current.Values;

    /// <summary>The file of a pipeline, or null when it has none now.</summary>
    public PipelineEntry? Find(string name) => catalog.Current.GetValueOrDefault(name);

    /// <summary>Whether there is such a pipeline as far as somebody may see.</summary>
    public async ValueTask<bool> ExistsAsync(string name, Caller caller, CancellationToken cancellationToken) =>
        caller.MaySee(name)
        && (catalog.Current.ContainsKey(name) || await home.Pipelines.ExistsAsync(name, cancellationToken));
}
