using TrueUp.Audit;
using TrueUp.Digests;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// With <c>audit: all</c>, lists the records a run left as they were; one more reading of the source.
/// </summary>
internal static class UnchangedRecords
{
    /// <param name="context">The unit.</param>
    /// <param name="plan">Its rows.</param>
    /// <param name="rows">The source.</param>
    /// <param name="written">Keys that were created or updated; null when every record was.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async ValueTask RecordAsync(
        UnitContext context,
        RowPlan plan,
        IRowSet rows,
        KeySet? written,
        CancellationToken cancellationToken
    )
    {
        if (context.Pipeline.Audit != AuditLevel.All || written is null)
        {
            return;
        }
        using var keys = new KeyWriter(plan);
        using var builder = new RowBatchBuilder(plan.Schema);
        await foreach (var batch in rows.ReadAsync(PartSelection.Everything, null, cancellationToken))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (!written.Has(keys.KeyOf(batch.Row(i))))
                    {
                        builder.WriteTuple(batch.Row(i), batch.Ordinal(i));
                    }
                }
                using var unchanged = builder.Build();
                context.Audit.Records(context.Unit.Name, RecordOperation.Skip, unchanged, bulk: true);
            }
        }
    }
}
