using Npgsql;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Writing;

/// <summary>
/// The table <c>trueup.state</c> on the target: who may write, how far it came, what its last proof found.
/// </summary>
internal static class StateTable
{
    // Any constant will do; it keeps two first runs from creating the table at once.
    internal const long CreationLock = 0x7472_7565_7570;

    // A batch takes less; and the attempt is repeated after a pause.
    private const int LockSeconds = 5;

    private const string Creation = """
        CREATE TABLE IF NOT EXISTS trueup.state (
          pipeline text PRIMARY KEY,
          epoch bigint NOT NULL,
          run_id text NOT NULL,
          checkpoint bigint NOT NULL DEFAULT 0,
          proof text,
          updated_at timestamptz NOT NULL);
        CREATE TABLE IF NOT EXISTS trueup.late_key (table_id oid PRIMARY KEY, columns text[] NOT NULL)
        """;

    /// <summary>What the last writer left, or null; creates nothing.</summary>
    public static async ValueTask<TargetState?> ReadAsync(
        Session session,
        string pipeline,
        CancellationToken cancellationToken
    )
    {
        if (!await ExistsAsync(session, cancellationToken))
        {
            return null;
        }

        await using var command = session.Command(
            "SELECT epoch, run_id, proof FROM trueup.state WHERE pipeline = $1",
            pipeline
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var proof = await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetString(2);
        return new TargetState(reader.GetInt64(0), reader.GetString(1), proof);
    }

    /// <summary>Forgets a pipeline, if it is known.</summary>
    public static async ValueTask ForgetAsync(Session session, string pipeline, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(session, cancellationToken))
        {
            await session.ExecuteAsync("DELETE FROM trueup.state WHERE pipeline = $1", [pipeline], cancellationToken);
        }
    }

    /// <summary>
    /// Takes the next epoch, committed when this returns. Waits for a transaction of the holder before, but not for
    /// ever: a run that
    /// was stopped within a batch keeps the row locked for as long as its process stands still, and the server cannot
    /// tell.
    /// </summary>
    /// <exception cref="SideException"><c>target_busy</c>, transient.</exception>
    /// <exception cref="FencedException">The newest epoch is not <paramref name="after"/>.</exception>
    public static async ValueTask<long> TakeEpochAsync(
        Session session,
        string pipeline,
        string runId,
        long? after,
        CancellationToken cancellationToken
    )
    {
        await CreateAsync(session, cancellationToken);
        await using var transaction = await session.Connection.BeginTransactionAsync(cancellationToken);
        await session.ExecuteAsync($"SET LOCAL lock_timeout = '{LockSeconds}s'", [], cancellationToken);
        object? epoch;
        try
        {
            epoch = await TakeAsync(session, pipeline, runId, after, cancellationToken);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await transaction.RollbackAsync(cancellationToken);
            throw await BusyAsync(session, pipeline, error, cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return (long?)epoch ?? throw new FencedException(pipeline, after ?? 0);
    }

    /// <summary>
    /// Counts rows into the checkpoint of the epoch's holder, and locks the row until the transaction ends.
    /// </summary>
    /// <returns>False when a newer run holds the epoch.</returns>
    public static async ValueTask<bool> CheckAsync(
        Session session,
        string pipeline,
        long epoch,
        long rows,
        CancellationToken cancellationToken
    ) =>
        await session.ExecuteAsync(
            """
            UPDATE trueup.state SET checkpoint = checkpoint + $3, updated_at = clock_timestamp()
            WHERE pipeline = $1 AND epoch = $2
            """,
            [pipeline, epoch, rows],
            cancellationToken
        ) == 1;

    /// <summary>Stores a proof for the epoch's holder.</summary>
    /// <returns>False when a newer run holds the epoch.</returns>
    public static async ValueTask<bool> SaveProofAsync(
        Session session,
        string pipeline,
        long epoch,
        string proof,
        CancellationToken cancellationToken
    ) =>
        await session.ExecuteAsync(
            "UPDATE trueup.state SET proof = $3, updated_at = clock_timestamp() WHERE pipeline = $1 AND epoch = $2",
            [pipeline, epoch, proof],
            cancellationToken
        ) == 1;

    private static ValueTask<object?> TakeAsync(
        Session session,
        string pipeline,
        string runId,
        long? after,
        CancellationToken cancellationToken
    ) =>
        session.ScalarAsync(
            """
            INSERT INTO trueup.state AS s (pipeline, epoch, run_id, updated_at) VALUES ($1, 1, $2, clock_timestamp())
            ON CONFLICT (pipeline) DO UPDATE SET epoch = s.epoch + 1, run_id = excluded.run_id, updated_at = excluded.updated_at
            WHERE s.epoch = coalesce($3::int8, s.epoch)
            RETURNING epoch
            """,
            [pipeline, runId, after],
            cancellationToken
        );

    // The row's xmax is the transaction that is changing it, whose lock on itself says which session that is.
    private static async ValueTask<SideException> BusyAsync(
        Session session,
        string pipeline,
        PostgresException error,
        CancellationToken cancellationToken
    )
    {
        var holder = await session.ScalarAsync(
            """
            SELECT l.pid FROM trueup.state AS s
            JOIN pg_locks AS l ON l.locktype = 'transactionid' AND l.granted AND l.transactionid = s.xmax WHERE s.pipeline = $1
            """,
            [pipeline],
            cancellationToken
        );
        var end = holder is null ? "" : $", or its session on the server: SELECT pg_terminate_backend({holder})";
        return new SideException(
            ErrorType.Database,
            $"Another run of '{pipeline}' has been in the middle of a batch for more than {LockSeconds} seconds and keeps the target locked.",
            $"Wait for it to end. If its process was stopped or its machine is suspended, end it{end}.",
            error
        )
        {
            Code = "target_busy",
            IsTransient = true,
        };
    }

    private static async ValueTask<bool> ExistsAsync(Session session, CancellationToken cancellationToken) =>
        await session.ScalarAsync("SELECT to_regclass('trueup.state')::oid", [], cancellationToken) is not null;

    /// <summary>Creates the tables, unless they are there.</summary>
    public static async ValueTask CreateAsync(Session session, CancellationToken cancellationToken)
    {
        if (await session.ScalarAsync("SELECT to_regclass('trueup.late_key')::oid", [], cancellationToken) is not null)
        {
            return;
        }

        await using NpgsqlTransaction transaction = await session.Connection.BeginTransactionAsync(cancellationToken);
        await session.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", [CreationLock], cancellationToken);
        if (await session.ScalarAsync("SELECT to_regnamespace('trueup')::oid", [], cancellationToken) is null)
        {
            await session.ExecuteAsync("CREATE SCHEMA trueup", [], cancellationToken);
        }

        await session.ExecuteAsync(Creation, [], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
