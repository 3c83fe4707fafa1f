using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Compare and Policy together: from two row sets to the changes that would make the mode's predicate hold.
/// </summary>
internal sealed class Finder(PipelineDefinition pipeline, RowPlan plan, RunLedger ledger, TimeProvider clock)
{
    private readonly Comparer _comparer = new(plan, new DigestPace(pipeline.Verify.Throttle, clock));

    /// <summary>Compares and drills down. The caller disposes the result.</summary>
    public async ValueTask<Found> FindAsync(
        IRowSet source,
        IRowSet target,
        long seed,
        CancellationToken cancellationToken
    )
    {
        var comparison = await _comparer.CompareAsync(source, target, seed, cancellationToken);
        var found = new Found(comparison, new ChangeSpool(plan));
        try
        {
            if (comparison.Differing.Count > 0)
            {
                await DrillDownAsync(found, source, target, cancellationToken);
            }
            return found;
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }

    private async ValueTask DrillDownAsync(
        Found found,
        IRowSet source,
        IRowSet target,
        CancellationToken cancellationToken
    )
    {
        var policy = new Policy(pipeline, plan, ledger);
        var reporter = new DriftReporter(plan, target);
        // Of parts that the target has nothing of there is nothing to find out: every row is missing. A source that is
        // read
        // from end to end anyway is not read twice for that.
        var missing = found.Comparison.Only(part => source.CanSeek && found.Comparison.IsMissing(part));
        var finer = await _comparer.RefineAsync(
            source,
            target,
            found.Comparison.Only(part => !source.CanSeek || !found.Comparison.IsMissing(part)),
            cancellationToken
        );
        var drillDown = new DrillDown(plan, source, target);
        await DecideAsync(
            drillDown.FindAsync(missing, cancellationToken),
            missing.Seed,
            found,
            policy,
            reporter,
            cancellationToken
        );
        await DecideAsync(
            drillDown.FindAsync(finer, cancellationToken),
            finer.Seed,
            found,
            policy,
            reporter,
            cancellationToken
        );
    }

    private async ValueTask DecideAsync(
        IAsyncEnumerable<DifferenceBatch> differences,
        long seed,
        Found found,
        Policy policy,
        DriftReporter reporter,
        CancellationToken cancellationToken
    )
    {
        await foreach (var batch in differences)
        {
            using (batch)
            {
                var decision = policy.Decide(batch, seed);
                if (decision.Forbidden is { } forbidden)
                {
                    using (forbidden)
                    {
                        found.Forbidden += forbidden.Count;
                        await reporter.AddAsync(forbidden, found.Differences.Drift, cancellationToken);
                    }
                }
                if (decision.Change is { } change)
                {
                    using (change.Rows)
                    {
                        await ListAsync(change, found, reporter, cancellationToken);
                    }
                }
            }
        }
    }

    private async ValueTask ListAsync(
        ChangeBatch change,
        Found found,
        DriftReporter reporter,
        CancellationToken cancellationToken
    )
    {
        found.Changes.Add(change);
        if (change.Kind == ChangeKind.Update)
        {
            await reporter.AddAsync(change.Rows, found.Differences.Drift, cancellationToken);
            return;
        }
        var list = change.Kind == ChangeKind.Create ? found.Differences.Gaps : found.Differences.Extra;
        using var keys = new KeyWriter(plan);
        for (var i = 0; i < change.Rows.Count; i++)
        {
            var row = change.Rows.Row(i);
            list.Add(
                !list.HasRoom
                    ? ""
                    : KeyText.Of(plan.KeySchema, change.Kind == ChangeKind.Delete ? row : keys.KeyOf(row))
            );
        }
    }
}
