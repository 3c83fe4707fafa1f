using TrueUp.Store.Database;

namespace TrueUp.Store.Jobs;

/// <summary>The servers of this control database.</summary>
public sealed class NodeBoard
{
    private const int NodesMax = 1000;

    private readonly StoreContext _context;

    internal NodeBoard(StoreContext context) => _context = context;

    /// <summary>Says that a server is alive.</summary>
    /// <param name="node">The server; whether it is alive follows from the lease.</param>
    /// <param name="lease">For how long that is to be believed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What it is to be: somebody may want it to drain.</returns>
    public async ValueTask<NodeState> BeatAsync(Node node, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(node);
        Node? written = null;
        var database = _context.Database;
        var sql = $"""
            INSERT INTO sync_nodes
                (id, name, url, version, state, started_at, heartbeat_at, lease_until, running, running_max)
            VALUES (@id, @name, @url, @version, @state, @startedAt, @now, {database.After("@lease")}, @running, @max)
            ON CONFLICT (id) DO UPDATE SET
                heartbeat_at = excluded.heartbeat_at, lease_until = excluded.lease_until, url = excluded.url,
                running = excluded.running, running_max = excluded.running_max,
                state = CASE WHEN excluded.state = 'active' THEN sync_nodes.state ELSE excluded.state END
            RETURNING *, lease_until > {database.Now} AS is_alive
            """;
        var row = new
        {
            id = node.Id,
            name = node.Name,
            url = node.Url,
            version = node.Version,
            state = node.State.ToString().ToLowerInvariant(),
            startedAt = database.Time(node.StartedAt),
            running = node.Running,
            max = node.RunningMax,
            lease = lease.TotalSeconds,
            now = Now,
        };
        await _context.Writer.RunAsync(
            transaction => written = transaction.First(database, sql, row, Read),
            durable: false,
            cancellationToken
        );
        return written!.State;
    }

    /// <summary>Servers, the newest first; those long gone are left out.</summary>
    public async ValueTask<IReadOnlyList<Node>> ListAsync(CancellationToken cancellationToken) =>
        await _context.Database.QueryAsync(
            $"""
            SELECT *, lease_until > {_context.Database.Now} AS is_alive FROM sync_nodes
            ORDER BY started_at DESC, id LIMIT @limit
            """,
            new { now = Now, limit = NodesMax },
            Read,
            cancellationToken
        );

    /// <summary>Asks a server to end what it runs and take nothing new, or to take work again.</summary>
    /// <returns>False when there is no such server, or it stopped.</returns>
    public async ValueTask<bool> DrainAsync(string id, bool drain, CancellationToken cancellationToken)
    {
        var changed = 0;
        var row = new { id, state = drain ? "draining" : "active" };
        await _context.Writer.RunAsync(
            transaction =>
                changed = transaction.Execute(
                    "UPDATE sync_nodes SET state = @state WHERE id = @id AND state <> 'stopped'",
                    row
                ),
            durable: true,
            cancellationToken
        );
        return changed > 0;
    }

    /// <summary>Forgets servers that were not heard of since.</summary>
    public async ValueTask ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var row = new { before = _context.Database.Time(before) };
        await _context.Writer.RunAsync(
            transaction => transaction.Execute("DELETE FROM sync_nodes WHERE heartbeat_at < @before", row),
            durable: false,
            cancellationToken
        );
    }

    private object Now => _context.Database.Time(_context.Clock.GetUtcNow());

    private static Node Read(RowReader row) =>
        new(
            row.Text("id"),
            row.Text("name"),
            row.TextOrNull("url"),
            row.Text("version"),
            row.Name<NodeState>("state"),
            row.Time("started_at"),
            row.Time("heartbeat_at"),
            row.Flag("is_alive"),
            (int)row.Number("running"),
            (int)row.Number("running_max")
        );
}
