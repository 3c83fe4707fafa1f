using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Says which differences become changes. What it lets pass without a change does not count against the proof: extra
/// rows of an
/// upsert, rows kept because the target's is newer, keys of records that were set apart.
/// </summary>
internal sealed class Policy(PipelineDefinition pipeline, RowPlan plan, RunLedger ledger)
{
    /// <summary>What becomes of a batch of differences.</summary>
    /// <param name="Change">What to apply; null when nothing is.</param>
    /// <param name="Forbidden">Differences that the mode does not allow to repair, as whole source rows; null when
    /// there are none.</param>
    internal sealed record Decision(ChangeBatch? Change, RowBatch? Forbidden);

    /// <summary>Decides about a batch; the caller disposes the rows of the decision.</summary>
    public Decision Decide(DifferenceBatch batch, long seed) =>
        (batch.Kind, pipeline.Mode) switch
        {
            (DifferenceKind.Gap, _) => new Decision(Select(batch, ChangeKind.Create, seed, NotSetApart), null),
            (DifferenceKind.Drift, SyncMode.Mirror) => new Decision(
                Select(batch, ChangeKind.Update, seed, NotSetApart),
                null
            ),
            (DifferenceKind.Drift, SyncMode.Upsert) => new Decision(
                Select(batch, ChangeKind.Update, seed, NotNewer),
                null
            ),
            (DifferenceKind.Drift, _) => new Decision(null, Copy(batch)),
            (DifferenceKind.Extra, SyncMode.Mirror) => new Decision(
                Select(batch, ChangeKind.Delete, seed, MayDelete),
                null
            ),
            _ => new Decision(null, null),
        };

    private static RowBatch Copy(DifferenceBatch batch)
    {
        using var builder = new RowBatchBuilder(batch.Rows.Schema);
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            builder.WriteTuple(batch.Rows.Row(i), batch.Rows.Ordinal(i));
        }
        return builder.Build();
    }

    private static ChangeBatch? Select(
        DifferenceBatch batch,
        ChangeKind kind,
        long seed,
        Func<DifferenceBatch, int, bool> allow
    )
    {
        using var builder = new RowBatchBuilder(batch.Rows.Schema);
        var expected = new List<long>();
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            if (!allow(batch, i))
            {
                continue;
            }
            builder.WriteTuple(batch.Rows.Row(i), batch.Rows.Ordinal(i));
            if (kind != ChangeKind.Create)
            {
                expected.Add(batch.TargetHashes[i]);
            }
        }
        return builder.Count == 0 ? null : new ChangeBatch(kind, builder.Build(), expected.ToArray(), seed);
    }

    private bool NotSetApart(DifferenceBatch batch, int row) => !ledger.IsRefused(batch.Rows.Row(row));

    private bool NotNewer(DifferenceBatch batch, int row)
    {
        if (!NotSetApart(batch, row))
        {
            return false;
        }
        if (plan.StampOrdinal is not { } stamp || Stamps.Read(batch.Rows.Row(row), stamp) >= batch.TargetStamps[row])
        {
            return true;
        }
        ledger.Keep(batch.Rows.Row(row));
        return false;
    }

    private bool MayDelete(DifferenceBatch batch, int row) => !ledger.IsProtected(batch.Rows.Row(row));
}
