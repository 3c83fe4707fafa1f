using System.Runtime.CompilerServices;
using Npgsql;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Reading;

/// <summary>
/// Runs queries in sessions of a snapshot. A session that did not end well is closed, not used again.
/// </summary>
internal sealed class SnapshotReader(Snapshot snapshot)
{
    /// <summary>Runs a query.</summary>
    public async ValueTask<T> QueryAsync<T>(
        int workers,
        Func<Session, ValueTask<T>> query,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var session = await snapshot.RentAsync(workers, cancellationToken);
        T result;
        try
        {
            result = await query(session);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
        snapshot.Return(session, workers);
        return result;
    }

    /// <summary>Reads the rows of a query in transport form.</summary>
    /// <param name="select">The query; its columns have the types the schema travels in.</param>
    /// <param name="schema">What it yields.</param>
    /// <param name="workers">How many further processes the server may use; with any, the order of rows is not
    /// stable.</param>
    /// <param name="settings">Values the query reads by <c>current_setting</c>, since COPY takes no parameters.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="padded">Fields whose blanks at the end are no part of the value; null for none.</param>
    public async IAsyncEnumerable<RowBatch> CopyAsync(
        string select,
        RowSchema schema,
        int workers,
        IReadOnlyList<(string Name, string[] Values)>? settings,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        IReadOnlyList<int>? padded = null
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var session = await snapshot.RentAsync(workers, cancellationToken);
        NpgsqlRawCopyStream? copy = null;
        var isWhole = false;
        try
        {
            foreach (var (name, values) in settings ?? [])
            {
                await session.ScalarAsync(
                    "SELECT set_config($1, $2::text, true) IS NULL",
                    [name, values],
                    cancellationToken
                );
            }

            copy = await session.Connection.BeginRawBinaryCopyAsync(
                $"COPY ({select}) TO STDOUT (FORMAT BINARY)",
                cancellationToken
            );
            await foreach (var batch in new TupleReader(copy, schema, padded).ReadAsync(cancellationToken))
            {
                yield return batch;
            }

            await copy.DisposeAsync();
            isWhole = true;
        }
        finally
        {
            if (isWhole)
            {
                snapshot.Return(session, workers);
            }
            else
            {
                await AbandonAsync(session, copy);
            }
        }
    }

    // Without the cancellation the driver would read the rest of the rows before it closes.
    private static async ValueTask AbandonAsync(Session session, NpgsqlRawCopyStream? copy)
    {
        await using (session)
        {
            try
            {
                if (copy is not null)
                {
                    await copy.CancelAsync();
                    await copy.DisposeAsync();
                }
            }
            catch (Exception error)
                when (error is NpgsqlException or ObjectDisposedException or OperationCanceledException or IOException)
            {
                // It is over already, which is what was wanted; why it failed is told by whoever was reading.
                await session.Connection.CloseAsync();
            }
        }
    }
}
