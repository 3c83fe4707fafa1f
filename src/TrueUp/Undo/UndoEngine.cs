using Microsoft.Extensions.Logging;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>
/// Puts rows that a run overwrote or deleted back as they were, unless they changed since; rows it created stay. An
/// undo is a run of its own: audited, fenced like every writer, proven, with a receipt. It needs no source.
/// </summary>
/// <param name="connectors">The stores it can reach.</param>
/// <param name="audit">Where runs leave their trail.</param>
/// <param name="images">Where runs keep the rows they replace.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The program's log.</param>
/// <param name="receipts">Where receipts are written, or null for none.</param>
public sealed class UndoEngine(
    ConnectorRegistry connectors,
    IAuditLog audit,
    IBeforeImages images,
    TimeProvider clock,
    ILogger logger,
    IReceiptBook? receipts = null
)
{
    /// <summary>Undoes a run.</summary>
    /// <param name="pipeline">The run's pipeline; only its name and target count.</param>
    /// <param name="request">What is to be undone.</param>
    /// <param name="cancellationToken">Stops at the next safe point; another undo goes on from there.</param>
    /// <returns>The outcome, failures included; null when the run kept nothing that could be put back.</returns>
    /// <exception cref="SideException">The before-images are damaged, or the audit cannot be written.</exception>
    public async Task<UndoOutcome?> UndoAsync(
        PipelineDefinition pipeline,
        UndoRequest request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(request);
        var index = ImageIndex.Read(images.Read(request.RunId));
        if (index.Units.Count == 0)
        {
            return null;
        }
        var started = clock.GetUtcNow();
        await using var trail = await audit.StartAsync(
            new RunStart(pipeline, TriggerSource.Manual, request.TriggeredBy, VerifyOnly: false, started)
            {
                UndoneRun = request.RunId,
            },
            cancellationToken
        );
        logger.RunStarted(trail.RunId, pipeline.Name, TriggerSource.Manual);
        var (units, parts) = await UndoUnitsAsync(pipeline, request, index, trail, cancellationToken);
        var run = SyncEngine.Sum(pipeline, units, error: null) with
        {
            RunId = trail.RunId,
            UndoneRun = request.RunId,
            StartedAt = started,
            FinishedAt = clock.GetUtcNow(),
        };
        if (receipts is not null)
        {
            var receipt = await receipts.WriteAsync(pipeline, run, CancellationToken.None);
            run = run with { Receipt = receipt.Path, Warnings = [.. run.Warnings, .. receipt.Warnings] };
        }
        await trail.CompleteAsync(run, CancellationToken.None);
        logger.RunEnded(
            run.RunId,
            run.Pipeline,
            run.Status,
            run.Verification.Verdict,
            run.Counts.Created,
            run.Counts.Updated,
            run.Counts.Deleted,
            run.Verification.Unproven
        );
        return Sum(run, parts, request.Created ?? index.Units.Sum(u => u.Created));
    }

    private async ValueTask<(List<UnitOutcome> Units, List<UndoUnit> Parts)> UndoUnitsAsync(
        PipelineDefinition pipeline,
        UndoRequest request,
        ImageIndex index,
        IRunAudit trail,
        CancellationToken cancellationToken
    )
    {
        using var kept = new ImageRecorder(images.Begin(trail.RunId), images.BytesMax);
        var context = new UndoContext(
            pipeline,
            request,
            connectors,
            trail,
            kept,
            clock,
            new RunMeter(request.Progress, clock, index.Units.Count)
        );
        Dictionary<UnitImages, ImageBuckets>? buckets = null;
        var (units, parts) = (new List<UnitOutcome>(), new List<UndoUnit>());
        try
        {
            foreach (var unit in index.Units)
            {
                var part = new UndoUnit(
                    context,
                    unit,
                    () => (buckets ??= ImageBuckets.Divide(index, images.Read(request.RunId), cancellationToken))[unit]
                );
                parts.Add(part);
                units.Add(await part.RunAsync(cancellationToken));
                if (cancellationToken.IsCancellationRequested)
                {
                    break;
                }
            }
            return (units, parts);
        }
        finally
        {
            foreach (var files in buckets?.Values.ToList() ?? [])
            {
                files.Dispose();
            }
        }
    }

    private static UndoOutcome Sum(RunOutcome run, List<UndoUnit> parts, long created)
    {
        var conflicts = new KeyList<UndoConflict>();
        parts.ForEach(p => conflicts.AddAll(p.Conflicts));
        var counts = parts.ConvertAll(p => p.Counts);
        return new UndoOutcome(
            run,
            new UndoCounts
            {
                RestoredUpdates = counts.Sum(c => c.RestoredUpdates),
                RestoredDeletes = counts.Sum(c => c.RestoredDeletes),
                AlreadyBack = counts.Sum(c => c.AlreadyBack),
                Conflicts = conflicts.Total,
                NotKept = counts.Sum(c => c.NotKept),
                CreatedLeft = created,
            },
            conflicts
        );
    }
}
