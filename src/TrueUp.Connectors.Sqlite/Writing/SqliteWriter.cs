using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Connectors.Sqlite.Reading;
using TrueUp.Connectors.Sqlite.Schemas;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Writing;

/// <summary>
/// Writes batches, each in one IMMEDIATE transaction that begins by making sure of the epoch.
/// <para>
/// Durability: with a write-ahead log batches are committed with synchronous=NORMAL, which survives the end of this
/// process at any
/// moment. A power cut can take back the newest of them, whole batches with their checkpoints, and the next run finds
/// them missing
/// when it compares. What a run acknowledges is its proof: it is committed with synchronous=FULL, and that one sync of
/// the log
/// makes everything before it durable as well. With a rollback journal every commit is FULL, because NORMAL could
/// damage the file there.
/// </para>
/// </summary>
internal sealed class SqliteWriter : ITargetWriter
{
    private readonly Connection _connection;
    private readonly StateTable _state;
    private readonly Statement _checkpoint;
    private readonly RowInserter _inserter;
    private readonly RowChanger _changer;
    private bool _isFirstLoad;
    private bool _isWal;

    private SqliteWriter(Connection connection, StateTable state, long epoch, TableInfo table, RowSetSettings settings)
    {
        _connection = connection;
        _state = state;
        Epoch = epoch;
        _isFirstLoad = FirstLoad.IsUnderWay(connection);
        ChooseDurability();
        // Enough to keep the upper levels of the tree and its growing edge in memory; the default is 2 MB.
        connection.Execute("PRAGMA cache_size = -32768");
        _checkpoint = state.PrepareCheckpoint(epoch);
        _inserter = new RowInserter(connection, table, settings);
        _changer = new RowChanger(connection, settings);
    }

    public long Epoch { get; }

    /// <summary>
    /// Takes the pipeline's next epoch on a connection and opens a writer, which owns the connection from then on.
    /// </summary>
    public static SqliteWriter Begin(
        Connection connection,
        SqliteSide side,
        StateTable state,
        string runId,
        long? after,
        RowPlan plan
    )
    {
        var (table, settings) = TargetTable.Fit(connection, side, plan);
        return new SqliteWriter(connection, state, state.Take(runId, after), table, settings);
    }

    public ValueTask<IReadOnlyList<int>> ApplyAsync(ChangeBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!batch.IntoEmpty)
        {
            EndFirstLoad();
        }
        var conflicts = new List<int>();
        InTransaction(() =>
        {
            _state.Checkpoint(_checkpoint, Epoch, batch.Rows.Count);
            if (batch.Kind == ChangeKind.Create)
            {
                _inserter.Insert(batch, conflicts);
            }
            else
            {
                _changer.Change(batch, conflicts);
            }
        });
        return new(conflicts);
    }

    // SQLite cannot add a primary key to a table that is there.
    public ValueTask BuildKeyAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask EndLoadAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask SaveProofAsync(string proof, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EndFirstLoad();
        _connection.Execute("PRAGMA synchronous = FULL");
        InTransaction(() => _state.SaveProof(Epoch, proof));
        if (_isWal)
        {
            _connection.Execute("PRAGMA synchronous = NORMAL");
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _checkpoint.Dispose();
        _inserter.Dispose();
        _changer.Dispose();
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private void EndFirstLoad()
    {
        if (_isFirstLoad)
        {
            _isFirstLoad = false;
            if (FirstLoad.TryEnd(_connection))
            {
                ChooseDurability();
            }
        }
    }

    private void ChooseDurability()
    {
        _isWal = string.Equals(_connection.Scalar("PRAGMA journal_mode"), "wal", StringComparison.Ordinal);
        _connection.Execute(_isWal ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL");
    }

    private void InTransaction(Action work)
    {
        _connection.Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            _connection.Execute("COMMIT");
        }
        catch
        {
            _connection.Rollback();
            throw;
        }
    }
}
