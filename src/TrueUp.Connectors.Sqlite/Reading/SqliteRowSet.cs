using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>
/// The rows of a table, view or query in one snapshot. Several readings may go on at once: they take turns on the
/// connection,
/// batch by batch, which costs nothing, while SQLite's own locking of every call would cost as much as the reading.
/// </summary>
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

    private Lock Gate => _snapshot.Connection.Gate;

    public override ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        // Of a source only rows that can be carried count; a target's row is one whatever is in it.
        if (_settings.Role == SideRole.Target)
        {
            return new(
                !_snapshot.Read(
                    c =>
                    {
                        using var any = c.Prepare(_settings.Sql.Any());
                        return any.Step();
                    },
                    cancellationToken
                )
            );
        }
        using var row = new RowBatchBuilder(Plan.Schema, rowsMax: 1);
        lock (Gate)
        {
            using var walk = Walk(PartSelection.Everything, cancellationToken);
            return new(!walk.Next(row, null));
        }
    }

    public override ValueTask<IReadOnlyList<KeyRange>?> SplitAsync(
        long rowsPerRange,
        CancellationToken cancellationToken
    ) =>
        new(
            !_hasRanges
                ? null
                : _snapshot.Read(
                    c =>
                        KeyRanges.Cut(
                            c,
                            _settings.Sql.Cut(_settings.Key[0]),
                            Plan.KeySchema.Columns[0].Type.Kind,
                            rowsPerRange,
                            cancellationToken
                        ),
                    cancellationToken
                )
        );

    public override ValueTask<SetDigest[]> DigestAsync(
        Partitioning partitioning,
        long seed,
        CancellationToken cancellationToken
    )
    {
        var digester = new PartDigester(Plan.Schema, partitioning, seed);
        using var row = new RowBatchBuilder(Plan.Schema, rowsMax: 1);
        using var reading = new SharedWalk(Gate, () => Walk(new PartSelection(partitioning, null), cancellationToken));
        while (reading.Turn(walk => DigestSome(walk, row, digester)))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
        return new(digester.Digests);
    }

    public override IAsyncEnumerable<RowBatch> ReadAsync(
        PartSelection selection,
        IRejectSink? rejects,
        CancellationToken cancellationToken
    ) => Read(selection, rejects, cancellationToken).ToAsyncEnumerable();

    public override IAsyncEnumerable<RowBatch> ReadKeysAsync(
        PartSelection selection,
        long seed,
        CancellationToken cancellationToken
    ) => ReadKeys(selection, seed, cancellationToken).ToAsyncEnumerable();

    public override IAsyncEnumerable<RowBatch> ReadByKeysAsync(RowBatch keys, CancellationToken cancellationToken) =>
        CanSeek
            ? ReadByKeys(keys, cancellationToken).ToAsyncEnumerable()
            : base.ReadByKeysAsync(keys, cancellationToken);

    public override ValueTask CheckUnchangedAsync(CancellationToken cancellationToken)
    {
        _snapshot.CheckUnchanged(cancellationToken);
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

    protected override IAsyncEnumerable<RowBatch> ScanAsync(
        IRejectSink? rejects,
        CancellationToken cancellationToken
    ) => ReadAsync(PartSelection.Everything, rejects, cancellationToken);

    private IEnumerable<RowBatch> Read(
        PartSelection selection,
        IRejectSink? rejects,
        CancellationToken cancellationToken
    )
    {
        var filter = selection.IsEverything ? null : new PartFilter(selection, Plan.Schema);
        using var builder = new RowBatchBuilder(Plan.Schema);
        using var reading = new SharedWalk(Gate, () => Walk(selection, cancellationToken));
        for (var more = true; more; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            more = reading.Turn(walk => Fill(walk, builder, filter, rejects));
            if (builder.Count > 0)
            {
                yield return builder.Build();
            }
        }
    }

    private IEnumerable<RowBatch> ReadKeys(PartSelection selection, long seed, CancellationToken cancellationToken)
    {
        var filter = selection.IsEverything ? null : new PartFilter(selection, Plan.Schema);
        using var row = new RowBatchBuilder(Plan.Schema, rowsMax: 1);
        using var builder = new RowBatchBuilder(Plan.DigestSchema);
        using var reading = new SharedWalk(Gate, () => Walk(selection, cancellationToken));
        for (var more = true; more; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            more = reading.Turn(walk => FillKeys(walk, row, builder, filter, seed));
            if (builder.Count > 0)
            {
                yield return builder.Build();
            }
        }
    }

    private IEnumerable<RowBatch> ReadByKeys(RowBatch keys, CancellationToken cancellationToken)
    {
        // A key finds one row, several only where nothing keeps it unique; so few keys at a time fill a batch.
        const int keysPerTurn = RowBatchBuilder.RowsMax / 4;
        using var builder = new RowBatchBuilder(Plan.Schema);
        for (var from = 0; from < keys.Count; from += keysPerTurn)
        {
            var found = _snapshot.Read(
                c => Find(c, keys, from, Math.Min(keys.Count, from + keysPerTurn), builder),
                cancellationToken
            );
            foreach (var batch in found)
            {
                yield return batch;
            }
        }
    }

    private static bool DigestSome(RowWalk walk, RowBatchBuilder row, PartDigester digester)
    {
        for (var i = 0; i < RowBatchBuilder.RowsMax; i++)
        {
            if (!walk.Next(row, null))
            {
                return false;
            }
            // Hashed where it lies: a batch would only move the row once more.
            digester.Add(row.CurrentRow, walk.Move);
            row.CancelRow();
        }
        return true;
    }

    private static bool Fill(RowWalk walk, RowBatchBuilder builder, PartFilter? filter, IRejectSink? rejects)
    {
        while (!builder.IsFull)
        {
            if (!walk.Next(builder, rejects))
            {
                return false;
            }
            if (filter is null || filter.Has(builder.CurrentRow))
            {
                builder.EndRow();
            }
            else
            {
                builder.CancelRow();
            }
        }
        return true;
    }

    private bool FillKeys(RowWalk walk, RowBatchBuilder row, RowBatchBuilder builder, PartFilter? filter, long seed)
    {
        for (; !builder.IsFull; row.CancelRow())
        {
            if (!walk.Next(row, null))
            {
                return false;
            }
            if (filter is null || filter.Has(row.CurrentRow))
            {
                DigestRow.Write(builder, Plan, row.CurrentRow, walk.Hash(row, seed), ordinal: 0);
            }
        }
        return true;
    }

    private List<RowBatch> Find(Connection connection, RowBatch keys, int from, int to, RowBatchBuilder builder)
    {
        var finder = new KeyFinder(_settings);
        var found = new List<RowBatch>();
        using var statement = connection.Prepare(finder.SelectSql);
        var cursor = new RowCursor(_settings, finder.Reader, statement);
        for (var i = from; i < to; i++)
        {
            statement.Reset();
            if (!finder.TryBind(statement, keys.Row(i), keys.Schema.KeyOrdinals))
            {
                continue;
            }
            while (cursor.Next(builder, null))
            {
                if (!finder.Reader.IsExact)
                {
                    builder.MarkInexact();
                }
                builder.EndRow();
                if (builder.IsFull)
                {
                    found.Add(builder.Build());
                }
            }
        }
        if (builder.Count > 0)
        {
            found.Add(builder.Build());
        }
        return found;
    }

    private RowWalk Walk(PartSelection selection, CancellationToken cancellationToken) =>
        new(
            _settings,
            _snapshot,
            _hasRanges ? KeyRanges.Stretches(selection.Partitioning, selection.Parts) : [KeyRange.All],
            cancellationToken
        );
}
