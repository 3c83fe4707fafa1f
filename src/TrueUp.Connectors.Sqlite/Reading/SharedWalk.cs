namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>A walk that takes turns with others on one connection.</summary>
/// <param name="gate">The connection's.</param>
/// <param name="begin">Begins the walk at its first turn.</param>
internal sealed class SharedWalk(Lock gate, Func<RowWalk> begin) : IDisposable
{
    private RowWalk? _walk;

    /// <summary>Takes a turn.</summary>
    /// <returns>What the work says: whether there is more to do.</returns>
    public bool Turn(Func<RowWalk, bool> work)
    {
        lock (gate)
        {
            return work(_walk ??= begin());
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            _walk?.Dispose();
        }
    }
}
