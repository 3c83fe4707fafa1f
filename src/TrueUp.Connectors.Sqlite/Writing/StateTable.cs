using System.Globalization;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Connectors.Sqlite.Schemas;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Writing;

/// <summary>The table in which each pipeline's newest writer is known: its epoch shuts older writers out.</summary>
internal sealed class StateTable(Connection connection, string pipeline, TimeProvider clock)
{
    /// <summary>The table's name; no wildcard finds it.</summary>
    public const string Name = "trueup_state";

    /// <summary>What the last writer left, or null; creates nothing.</summary>
    public TargetState? Read()
    {
        if (TableInfo.Read(connection, Name) is null)
        {
            return null;
        }
        using var statement = connection.Prepare($"SELECT epoch, run_id, proof FROM {Name} WHERE pipeline = ?1");
        return statement.Bind(1, pipeline).Step()
            ? new TargetState(statement.Int64(0), statement.Text(1)!, statement.Text(2))
            : null;
    }

    /// <summary>Takes the next epoch for a run.</summary>
    /// <exception cref="FencedException">The newest epoch is not <paramref name="after"/>.</exception>
    public long Take(string runId, long? after)
    {
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            connection.Execute(
                $"""
                CREATE TABLE IF NOT EXISTS {Name} (
                  pipeline TEXT NOT NULL PRIMARY KEY,
                  epoch INTEGER NOT NULL,
                  run_id TEXT NOT NULL,
                  checkpoint INTEGER NOT NULL DEFAULT 0,
                  proof TEXT,
                  updated_at TEXT NOT NULL
                )
                """
            );
            long epoch;
            using (
                var statement = connection.Prepare(
                    $"""
                    INSERT INTO {Name} (pipeline, epoch, run_id, updated_at) VALUES (?1, 1, ?2, ?3)
                    ON CONFLICT (pipeline) DO UPDATE SET epoch = epoch + 1, run_id = excluded.run_id, updated_at = excluded.updated_at
                    WHERE epoch = coalesce(?4, epoch)
                    RETURNING epoch
                    """
                )
            )
            {
                statement.Bind(1, pipeline).Bind(2, runId).Bind(3, Now());
                if (after is { } seen)
                {
                    statement.Bind(4, seen);
                }
                epoch = statement.Step() ? statement.Int64(0) : throw new FencedException(pipeline, after ?? 0);
            }
            connection.Execute("COMMIT");
            return epoch;
        }
        catch
        {
            connection.Rollback();
            throw;
        }
    }

    /// <summary>Forgets the pipeline, if it is known.</summary>
    public void Forget()
    {
        if (TableInfo.Read(connection, Name) is null)
        {
            return;
        }
        using var statement = connection.Prepare($"DELETE FROM {Name} WHERE pipeline = ?1");
        statement.Bind(1, pipeline).Run();
    }

    /// <summary>A statement that counts rows (parameter 1) as written, if the epoch still holds.</summary>
    public Statement PrepareCheckpoint(long epoch) =>
        connection
            .Prepare(
                $"UPDATE {Name} SET checkpoint = checkpoint + ?1, updated_at = ?4 WHERE pipeline = ?2 AND epoch = ?3"
            )
            .Bind(2, pipeline)
            .Bind(3, epoch);

    /// <summary>Counts rows as written, in the open transaction.</summary>
    /// <exception cref="FencedException">A newer run has taken over.</exception>
    public void Checkpoint(Statement checkpoint, long epoch, long rows)
    {
        checkpoint.Bind(1, rows).Bind(4, Now()).Run();
        ThrowIfFenced(epoch);
    }

    /// <summary>Leaves a proof, in the open transaction.</summary>
    /// <exception cref="FencedException">A newer run has taken over.</exception>
    public void SaveProof(long epoch, string proof)
    {
        using var statement = connection.Prepare(
            $"UPDATE {Name} SET proof = ?1, updated_at = ?4 WHERE pipeline = ?2 AND epoch = ?3"
        );
        statement.Bind(1, proof).Bind(2, pipeline).Bind(3, epoch).Bind(4, Now()).Run();
        ThrowIfFenced(epoch);
    }

    private void ThrowIfFenced(long epoch)
    {
        if (connection.Changes == 0)
        {
            throw new FencedException(pipeline, epoch);
        }
    }

    private string Now() => clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture);
}
