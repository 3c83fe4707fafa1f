using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Reading;

/// <summary>Opens the rows of a table or query at the present moment.</summary>
internal static class RowSetOpener
{
    /// <param name="server">Where.</param>
    /// <param name="sql">What.</param>
    /// <param name="scope">The condition that limits it, or null.</param>
    /// <param name="name">For messages.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ValueTask<IRowSet> OpenAsync(
        Server server,
        RowSql sql,
        string? scope,
        string name,
        CancellationToken cancellationToken
    ) =>
        Guard.RunAsync(
            $"Opening {name}",
            PgPhase.Reading,
            () => StartAsync(server, sql, scope, name, cancellationToken),
            cancellationToken
        );

    private static async ValueTask<IRowSet> StartAsync(
        Server server,
        RowSql sql,
        string? scope,
        string name,
        CancellationToken cancellationToken
    )
    {
        // A user's query means the names its own sessions would find.
        var snapshot = await Snapshot.OpenAsync(server, userPath: sql.Table.Name is null, cancellationToken);
        try
        {
            SnapshotReader reader = new(snapshot);
            var size = sql.Table.HasPages
                ? await reader.QueryAsync(
                    0,
                    s => TableSize.MeasureAsync(s, sql.Table.Oid, cancellationToken),
                    cancellationToken
                )
                : null;
            RowReader rows = new(reader, sql, scope, RowLimit.Condition(sql, size));
            return snapshot.HashesAlike
                ? new PgRowSet(snapshot, sql, rows, name)
                : new ScannedPgRowSet(snapshot, sql.Plan, rows, name);
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }
}
