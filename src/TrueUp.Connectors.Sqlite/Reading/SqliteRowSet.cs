using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>The rows of a table, view or query in one snapshot. Several readings may go on at once.</summary>
internal sealed class SqliteRowSet : ScannedRowSet
{
    private readonly RowSetSettings _settings;
    private readonly Snapshot _snapshot;
    private readonly bool _ownsSnapshot;
    private readonly bool _hasRanges;

    /// <param name="settings">What is read.</param>
    /// <param name="snapshot">Where.</param>
    /// <param name="ownsSnapshot">Whether it ends with the row set.</param>
    public SqliteRowSet(RowSetSettings settings, Snapshot snapshot, bool ownsSnapshot)
        : base(settings.Plan)
    {
        _settings = settings;
        _snapshot = snapshot;
        _ownsSnapshot = ownsSnapshot;
        _hasRanges = settings.HasLeadingIndex && settings.Cells()[Plan.Schema.KeyOrdinals[0]].IsOrdered;
    }

    public override SidePosition Position => _snapshot.Position;

    public override bool CanSeek => _settings.CanSeek;

    private LogicalKind FirstKind => Plan.KeySchema.Columns[0].Type.Kind;

    public override ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reading = _snapshot.Enter();
        using var stop = _snapshot.Connection.InterruptWhen(cancellationToken);
        if (_settings.Role == SideRole.Target)
        {
            using var any = _snapshot.Connection.Prepare(_settings.Sql.Any());
            return new(!any.Step());
        }
        // Of a source only rows that can be carried count.
        using var statement = _snapshot.Connection.Prepare(_settings.Sql.All());
        using var row = new RowBatchBuilder(Plan.Schema, rowsMax: 1);
        return new(!Cursor(statement).Next(row, null));
    }

    public override ValueTask<IReadOnlyList<KeyRange>?> SplitAsync(long rowsPerRange, CancellationToken cancellationToken)
    {
        if (!_hasRanges)
        {
            return new((IReadOnlyList<KeyRange>?)null);
        }
        using var reading = _snapshot.Enter();
        using var stop = _snapshot.Connection.InterruptWhen(cancellationToken);
        return new(KeyRanges.Cut(_snapshot.Connection, _settings.Sql.Cut(_settings.Key[0]), FirstKind, rowsPerRange, cancellationToken));
    }

    public override ValueTask<SetDigest[]> DigestAsync(Partitioning partitioning, long seed, CancellationToken cancellationToken)
    {
        var digests = new SetDigest[partitioning.Parts];
        using var row = new RowBatchBuilder(Plan.Schema, rowsMax: 1);
        using var reading = _snapshot.Enter();
        foreach (var (statement, cursor) in Walk(new PartSelection(partitioning, null), cancellationToken))
        {
            while (cursor.Next(row, null))
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Hashed where it lies: a batch would only move the row once more.
                var part = partitioning.PartOf(Plan.Schema, row.CurrentRow, cursor.Hasher);
                if (part >= 0)
                {
                    digests[part] = digests[part].Add(cursor.Hash(row, seed));
                }
                row.CancelRow();
            }
        }
        return new(digests);
    }

    public override IAsyncEnumerable<RowBatch> ReadAsync(PartSelection selection, IRejectSink? rejects, CancellationToken cancellationToken) =>
        Read(selection, rejects, cancellationToken).ToAsyncEnumerable();

    public override IAsyncEnumerable<RowBatch> ReadKeysAsync(PartSelection selection, long seed, CancellationToken cancellationToken) =>
        ReadKeys(selection, seed, cancellationToken).ToAsyncEnumerable();

    public override IAsyncEnumerable<RowBatch> ReadByKeysAsync(RowBatch keys, CancellationToken cancellationToken) =>
        CanSeek ? ReadByKeys(keys, cancellationToken).ToAsyncEnumerable() : base.ReadByKeysAsync(keys, cancellationToken);

    public override ValueTask CheckUnchangedAsync(CancellationToken cancellationToken)
    {
        _snapshot.CheckUnchanged();
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        if (_ownsSnapshot)
        {
            _snapshot.Dispose();
        }
        return base.DisposeAsync();
    }

    protected override IAsyncEnumerable<RowBatch> ScanAsync(IRejectSink? rejects, CancellationToken cancellationToken) =>
        ReadAsync(PartSelection.Everything, rejects, cancellationToken);

    private IEnumerable<RowBatch> Read(PartSelection selection, IRejectSink? rejects, CancellationToken cancellationToken)
    {
        var filter = selection.IsEverything ? null : new PartFilter(selection, Plan.Schema);
        using var builder = new RowBatchBuilder(Plan.Schema);
        using var reading = _snapshot.Enter();
        foreach (var (statement, cursor) in Walk(selection, cancellationToken))
        {
            while (cursor.Next(builder, rejects))
            {
                if (filter is not null && !filter.Has(builder.CurrentRow))
                {
                    builder.CancelRow();
                    continue;
                }
                builder.EndRow();
                if (builder.IsFull)
                {
                    yield return builder.Build();
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        if (builder.Count > 0)
        {
            yield return builder.Build();
        }
    }

    private IEnumerable<RowBatch> ReadKeys(PartSelection selection, long seed, CancellationToken cancellationToken)
    {
        var filter = selection.IsEverything ? null : new PartFilter(selection, Plan.Schema);
        using var row = new RowBatchBuilder(Plan.Schema, rowsMax: 1);
        using var builder = new RowBatchBuilder(Plan.DigestSchema);
        using var reading = _snapshot.Enter();
        foreach (var (statement, cursor) in Walk(selection, cancellationToken))
        {
            for (; cursor.Next(row, null); row.CancelRow())
            {
                if (filter is not null && !filter.Has(row.CurrentRow))
                {
                    continue;
                }
                DigestRow.Write(builder, Plan, row.CurrentRow, cursor.Hash(row, seed), ordinal: 0);
                if (builder.IsFull)
                {
                    yield return builder.Build();
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        if (builder.Count > 0)
        {
            yield return builder.Build();
        }
    }

    private IEnumerable<RowBatch> ReadByKeys(RowBatch keys, CancellationToken cancellationToken)
    {
        var finder = new KeyFinder(_settings);
        using var builder = new RowBatchBuilder(Plan.Schema);
        using var reading = _snapshot.Enter();
        using var statement = _snapshot.Connection.Prepare(finder.SelectSql);
        var cursor = new RowCursor(_settings, finder.Reader, statement);
        for (var i = 0; i < keys.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            statement.Reset();
            if (!finder.TryBind(statement, keys.Row(i), keys.Schema.KeyOrdinals))
            {
                continue;
            }
            while (cursor.Next(builder, null))
            {
                builder.EndRow();
                if (builder.IsFull)
                {
                    yield return builder.Build();
                }
            }
        }
        if (builder.Count > 0)
        {
            yield return builder.Build();
        }
    }

    // The statements that together give every row of a selection, and more where only a filter can tell.
    private IEnumerable<(Statement Statement, RowCursor Cursor)> Walk(PartSelection selection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = _snapshot.Connection.InterruptWhen(cancellationToken);
        var stretches = _hasRanges ? KeyRanges.Stretches(selection.Partitioning, selection.Parts) : [KeyRange.All];
        foreach (var range in stretches)
        {
            var isAll = range.From is null && range.To is null;
            using var statement = _snapshot.Connection.Prepare(
                isAll ? _settings.Sql.All() : _settings.Sql.Range(_settings.Key[0], range.From is not null, range.To is not null));
            if (range.From is not null)
            {
                statement.Bind(1, KeyRanges.Value(range.From));
            }
            if (range.To is not null)
            {
                statement.Bind(2, KeyRanges.Value(range.To));
            }
            yield return (statement, Cursor(statement));
        }
    }

    private RowCursor Cursor(Statement statement) => new(_settings, new RowReader(Plan, _settings.Cells()), statement);
}
