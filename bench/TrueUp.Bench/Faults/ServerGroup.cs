namespace TrueUp.Bench.Faults;

/// <summary>Servers of one control database and one home; each start has a name of its own.</summary>
internal sealed class ServerGroup(string home, string database, int count) : IDisposable
{
    private readonly List<ServeProcess> _servers = [];
    private int _started;

    /// <summary>Those that are alive and not stopped.</summary>
    public IReadOnlyList<ServeProcess> Awake => [.. _servers.Where(s => !s.HasEnded && !s.IsStopped)];

    /// <summary>Starts those that are missing, and waits for them.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var missing = count - _servers.Count(server => !server.HasEnded);
        for (var i = 0; i < missing; i++)
        {
            _servers.Add(ServeProcess.Start(home, $"s{++_started}", "--control-database", database));
        }
        foreach (var server in Awake)
        {
            await server.ReadyAsync(cancellationToken);
        }
    }

    /// <summary>The server of a node's identifier.</summary>
    public ServeProcess Of(string node) =>
        _servers.Single(server => node.StartsWith($"{server.Name}-", StringComparison.Ordinal));

    /// <summary>Puts new ones in the place of those that were killed.</summary>
    public async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        foreach (var ended in _servers.Where(server => server.HasEnded).ToList())
        {
            ended.Dispose();
            _servers.Remove(ended);
        }
        await ReadyAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _servers.ForEach(server => server.Dispose());
}
