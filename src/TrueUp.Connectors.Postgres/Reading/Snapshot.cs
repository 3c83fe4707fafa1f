using System.Collections.Concurrent;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Reading;

/// <summary>
/// One moment of a database that any number of sessions see. A session that does nothing else exports it; the others
/// import
/// it, are used by one reading at a time, and go back to the shelf.
/// </summary>
internal sealed class Snapshot : IAsyncDisposable
{
    private const string Begin = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

    private readonly Server _server;
    private readonly bool _userPath;
    private readonly Session _exporter;
    private readonly string _id;
    private readonly ConcurrentBag<Session>[] _idle =
    [
        [],
        [],
    ];

    private Snapshot(Server server, bool userPath, Session exporter, string id, SidePosition position)
    {
        _server = server;
        _userPath = userPath;
        _exporter = exporter;
        _id = id;
        Position = position;
    }

    /// <summary>The position in the log, and which transactions are visible.</summary>
    public SidePosition Position { get; }

    /// <summary>Whether the server digests as this process does.</summary>
    public bool HashesAlike => _exporter.HashesAlike;

    /// <summary>Fixes the moment.</summary>
    public static async ValueTask<Snapshot> OpenAsync(Server server, bool userPath, CancellationToken cancellationToken)
    {
        var exporter = await server.OpenAsync(userPath, 0, cancellationToken);
        try
        {
            await exporter.ExecuteAsync(Begin, [], cancellationToken);
            var visible = exporter.Version >= 130_000 ? "pg_current_snapshot()" : "txid_current_snapshot()";
            await using var command = exporter.Command(
                $"""
                SELECT pg_export_snapshot(),
                  CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END::text || '/' || {visible}::text
                """
            );
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new Snapshot(
                server,
                userPath,
                exporter,
                reader.GetString(0),
                new SidePosition("snapshot", $"lsn/{reader.GetString(1)}")
            );
        }
        catch
        {
            await exporter.DisposeAsync();
            throw;
        }
    }

    /// <summary>A session that sees the moment; whoever rents it returns or disposes it.</summary>
    /// <param name="workers">How many further processes the server may give to one query.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Session> RentAsync(int workers, CancellationToken cancellationToken)
    {
        if (Shelf(workers).TryTake(out var idle))
        {
            return idle;
        }

        var session = await _server.OpenAsync(_userPath, workers, cancellationToken);
        try
        {
            await session.ExecuteAsync(
                $"{Begin}; SET TRANSACTION SNAPSHOT {SqlLiteral.Of(_id)}",
                [],
                cancellationToken
            );
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes back a session whose last query ended well.</summary>
    public void Return(Session session, int workers) => Shelf(workers).Add(session);

    /// <summary>Makes sure the moment is still held.</summary>
    public async ValueTask CheckAsync(CancellationToken cancellationToken) =>
        await _exporter.ScalarAsync("SELECT 1", [], cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var shelf in _idle)
        {
            while (shelf.TryTake(out var session))
            {
                await _server.ReturnAsync(session);
            }
        }
        await _server.ReturnAsync(_exporter);
    }

    private ConcurrentBag<Session> Shelf(int workers) => _idle[workers == 0 ? 0 : 1];
}
