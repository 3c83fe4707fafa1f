using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>
/// One reading of a snapshot: walks the statements that together give every row of a selection, and more where only a
/// filter
/// can tell. Every member is called with the connection's gate held.
/// </summary>
internal sealed class RowWalk : IDisposable
{
    private readonly RowSetSettings _settings;
    private readonly Snapshot _snapshot;
    private readonly IEnumerator<KeyRange> _ranges;
    private readonly RowReader _reader;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _stop;
    private Statement? _statement;
    private RowCursor? _cursor;

    /// <param name="settings">What is read.</param>
    /// <param name="snapshot">Where.</param>
    /// <param name="ranges">The stretches of the key space to read, in turn.</param>
    /// <param name="cancellationToken">Interrupts SQLite.</param>
    public RowWalk(
        RowSetSettings settings,
        Snapshot snapshot,
        IEnumerable<KeyRange> ranges,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        _settings = settings;
        _snapshot = snapshot;
        _ranges = ranges.GetEnumerator();
        _reader = new RowReader(settings.Plan, settings.Cells());
        _cancellationToken = cancellationToken;
        snapshot.Enter();
        _stop = snapshot.Connection.InterruptWhen(cancellationToken);
    }

    /// <summary>What the hash of the row read last is moved on by.</summary>
    public long Move => _cursor!.Move;

    /// <summary>Writes the next row to a builder and leaves it open.</summary>
    /// <returns>False when there is none; nothing is open then.</returns>
    public bool Next(RowBatchBuilder row, IRejectSink? rejects)
    {
        while (_cursor is not null || Open())
        {
            if (_cursor!.Next(row, rejects))
            {
                return true;
            }
            Close();
        }
        return false;
    }

    /// <summary>The hash of the row read last.</summary>
    public long Hash(RowBatchBuilder row, long seed) => _cursor!.Hash(row, seed);

    public void Dispose()
    {
        _stop.Dispose();
        Close();
        _ranges.Dispose();
        _snapshot.Leave();
    }

    private bool Open()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (!_ranges.MoveNext())
        {
            return false;
        }
        var (from, to) = _ranges.Current;
        _statement = _snapshot.Connection.Prepare(
            from is null && to is null
                ? _settings.Sql.All()
                : _settings.Sql.Range(_settings.Key[0], from is not null, to is not null)
        );
        if (from is not null)
        {
            _statement.Bind(1, KeyRanges.Value(from));
        }
        if (to is not null)
        {
            _statement.Bind(2, KeyRanges.Value(to));
        }
        _cursor = new RowCursor(_settings, _reader, _statement);
        return true;
    }

    private void Close()
    {
        _statement?.Dispose();
        _statement = null;
        _cursor = null;
    }
}
