using TrueUp.Store.Database;

namespace TrueUp.Store;

/// <summary>What the parts of a store share.</summary>
/// <param name="Database">The control database.</param>
/// <param name="Writer">The one that writes to it.</param>
/// <param name="Clock">The time.</param>
/// <param name="Folder">The home folder.</param>
internal sealed record StoreContext(ControlDatabase Database, DatabaseWriter Writer, TimeProvider Clock, string Folder)
{
    /// <summary>The folder of a run's record segments.</summary>
    public string RecordsOf(string runId) => Path.Combine(Folder, "records", runId);

    /// <summary>The folder of the rows a run replaced.</summary>
    public string ImagesOf(string runId) => Path.Combine(Folder, "undo", runId);
}
