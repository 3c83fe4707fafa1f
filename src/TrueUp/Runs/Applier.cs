using TrueUp.Audit;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Writes changes batch by batch. When a record of a batch is to blame for its failure the batch is tried in halves,
/// until the
/// bad records stand alone and the rest is in.
/// </summary>
/// <param name="unit">The unit's name.</param>
/// <param name="plan">What is written.</param>
/// <param name="writer">Who writes it.</param>
/// <param name="audit">Told of each record.</param>
/// <param name="ledger">Told of each record that could not be written.</param>
/// <param name="notApplied">Told of each change that was not made, by its place in its batch, and why.</param>
internal sealed class Applier(
    string unit,
    RowPlan plan,
    ITargetWriter writer,
    IRunAudit audit,
    RunLedger ledger,
    Action<ChangeBatch, int, string>? notApplied = null
)
{
    // A first load commits this much at a time: enough that a commit costs nothing, little enough to hold in memory.
    private const int LoadRows = 65_536;
    private const int LoadBytes = 8 << 20;

    /// <summary>
    /// Refused records after which a run gives up: so many are no bad records but a target that does not fit.
    /// </summary>
    internal const int RefusedMax = 10_000;

    private long _done;

    /// <summary>Rows that were left alone because the target's row is no longer what Compare saw.</summary>
    public long Conflicts { get; private set; }

    /// <summary>Creates every row of a stream in a target that has none.</summary>
    public async ValueTask LoadAsync(IAsyncEnumerable<RowBatch> rows, CancellationToken cancellationToken)
    {
        await foreach (var batch in Coalesce(rows).Prefetch(ahead: 1, cancellationToken))
        {
            using (batch)
            {
                await ApplyAsync(
                    new ChangeBatch(ChangeKind.Create, batch, default, 0) { IntoEmpty = true },
                    bulk: true,
                    cancellationToken
                );
            }
        }
    }

    /// <summary>Creates rows that the comparison found missing, in batches as large as a load's.</summary>
    public async ValueTask CreateAsync(IEnumerable<ChangeBatch> batches, CancellationToken cancellationToken)
    {
        await foreach (var rows in Coalesce(batches.Select(b => b.Rows).ToAsyncEnumerable()))
        {
            using (rows)
            {
                await ApplyAsync(new ChangeBatch(ChangeKind.Create, rows, default, 0), bulk: false, cancellationToken);
            }
        }
    }

    /// <summary>Applies one batch, in halves where it must be. Does not dispose it.</summary>
    public async ValueTask ApplyAsync(ChangeBatch batch, bool bulk, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var conflicts = await writer.ApplyAsync(batch, cancellationToken);
            Account(batch, conflicts, bulk);
        }
        catch (SideException error) when (error.IsRecordFault)
        {
            if (batch.Rows.Count == 1)
            {
                ledger.Refuse(batch.Rows.Row(0), batch.Kind, batch.Rows.Ordinal(0), error);
                notApplied?.Invoke(batch, 0, error.Message);
                await ledger.FlushAsync(cancellationToken);
                ThrowIfTooMany(error);
            }
            else
            {
                var middle = batch.Rows.Count / 2;
                await ApplyPartAsync(batch, 0, middle, bulk, cancellationToken);
                await ApplyPartAsync(batch, middle, batch.Rows.Count, bulk, cancellationToken);
            }
        }
        await ledger.FlushAsync(cancellationToken);
    }

    private void ThrowIfTooMany(SideException error)
    {
        if (ledger.Refused >= RefusedMax)
        {
            throw new RunException(
                "too_many_refused",
                $"The target refused {ledger.Refused} records; the last one because: {error.Message}",
                "Compare the types and constraints of the target with what the source holds.",
                ErrorCause.Data
            );
        }
    }

    private static async IAsyncEnumerable<RowBatch> Coalesce(IAsyncEnumerable<RowBatch> rows)
    {
        RowBatchBuilder? builder = null;
        try
        {
            await foreach (var batch in rows)
            {
                using (batch)
                {
                    builder ??= new RowBatchBuilder(batch.Schema, LoadRows, LoadBytes);
                    for (var i = 0; i < batch.Count; i++)
                    {
                        builder.WriteTuple(batch.Row(i), batch.Ordinal(i));
                        if (builder.IsFull)
                        {
                            yield return builder.Build();
                        }
                    }
                }
            }
            if (builder is { Count: > 0 })
            {
                yield return builder.Build();
            }
        }
        finally
        {
            builder?.Dispose();
        }
    }

    private async ValueTask ApplyPartAsync(
        ChangeBatch batch,
        int from,
        int to,
        bool bulk,
        CancellationToken cancellationToken
    )
    {
        using var builder = new RowBatchBuilder(batch.Rows.Schema, Math.Max(to - from, 1));
        for (var i = from; i < to; i++)
        {
            builder.WriteTuple(batch.Rows.Row(i), batch.Rows.Ordinal(i));
        }
        using var rows = builder.Build();
        var expected = batch.Expected.IsEmpty ? batch.Expected : batch.Expected[from..to];
        await ApplyAsync(batch with { Rows = rows, Expected = expected }, bulk, cancellationToken);
    }

    private void Account(ChangeBatch batch, IReadOnlyList<int> conflicts, bool bulk)
    {
        var applied = batch.Rows.Count - conflicts.Count;
        var tally = ledger.Tally;
        var operation = RecordOperation.Create;
        switch (batch.Kind)
        {
            case ChangeKind.Create:
                tally.Created += applied;
                break;
            case ChangeKind.Update:
                tally.Updated += applied;
                operation = RecordOperation.Update;
                break;
            default:
                tally.Deleted += applied;
                operation = RecordOperation.Delete;
                break;
        }
        _done += batch.Rows.Count;
        ledger.Progress("syncing", _done);
        if (!bulk && batch.Kind != ChangeKind.Delete)
        {
            NoteWritten(batch.Rows, conflicts);
        }
        if (conflicts.Count == 0)
        {
            audit.Records(unit, operation, batch.Rows, bulk);
            return;
        }
        Conflicts += conflicts.Count;
        RecordRest(batch, conflicts, operation);
    }

    private void NoteWritten(RowBatch rows, IReadOnlyList<int> conflicts)
    {
        var left = conflicts.ToHashSet();
        using var keys = new KeyWriter(plan);
        for (var i = 0; i < rows.Count; i++)
        {
            if (!left.Contains(i))
            {
                ledger.Tally.Written.Add(keys.KeyOf(rows.Row(i)));
            }
        }
    }

    private void RecordRest(ChangeBatch batch, IReadOnlyList<int> conflicts, RecordOperation operation)
    {
        var left = conflicts.ToHashSet();
        using var keys = new KeyWriter(plan);
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            var key = batch.Kind == ChangeKind.Delete ? batch.Rows.Row(i) : keys.KeyOf(batch.Rows.Row(i));
            var conflict = left.Contains(i);
            audit.Record(
                unit,
                conflict ? RecordOperation.Skip : operation,
                KeyText.Of(plan.KeySchema, key),
                conflict ? "conflict: the target's row changed after it was compared" : null
            );
            if (conflict)
            {
                notApplied?.Invoke(batch, i, "the target's row changed after it was compared");
            }
        }
    }
}
