using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>
/// Undoes what a run did to one unit: takes the next epoch, finds the rows that still are what the run left, puts them
/// back as any run writes, and proves it.
/// </summary>
internal sealed class UndoUnit(UndoContext context, UnitImages images, Func<ImageBuckets> buckets)
{
    private readonly UnitTally _tally = new();
    private readonly PhaseClock _phases = new(context.Clock);
    private readonly UnitMeter _meter = context.Meter.Begin(images.Header.Unit);
    private readonly UndoLedger _ledger = new(images.Header.Unit, images.Plan, context.Audit);

    private string Unit => images.Header.Unit;

    /// <summary>The rows that were left alone.</summary>
    public KeyList<UndoConflict> Conflicts => _ledger.Conflicts;

    /// <summary>What became of the rows so far.</summary>
    public UndoCounts Counts =>
        new()
        {
            RestoredUpdates = _tally.Updated,
            RestoredDeletes = _tally.Created,
            AlreadyBack = _ledger.AlreadyBack,
            Conflicts = _ledger.Conflicts.Total,
            NotKept = images.NotKept,
        };

    /// <summary>Undoes it; errors come back in the outcome, only bugs are thrown.</summary>
    public async Task<UnitOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var outcome = await TryAsync(cancellationToken) with { Phases = _phases.Times() };
        _meter.End(outcome.Counts);
        await context.Audit.UnitAsync(outcome, CancellationToken.None);
        return outcome;
    }

    private async Task<UnitOutcome> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var side = UnitContext.TargetOf(context.Pipeline, images.Header.TargetTable);
            await using var target = context.Connectors.For(side, SideRole.Target).OpenTarget(side);
            var schema = await new TargetCheck(images, context.Request).RunAsync(target, cancellationToken);
            return await UndoAsync(target, schema, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Stopped(RunStatus.Cancelled, null);
        }
        catch (RunException refused)
        {
            return await FailedAsync(ErrorType.Validation, refused.Error, refused);
        }
        catch (SideException failure)
        {
            return await FailedAsync(failure.Type, RunErrors.From(failure), failure);
        }
    }

    private async ValueTask<UnitOutcome> UndoAsync(
        ITarget target,
        SideSchema schema,
        CancellationToken cancellationToken
    )
    {
        var plan = images.Plan;
        await using var writer = await target.BeginAsync(
            UnitContext.StateNameOf(context.Pipeline, Unit),
            context.Audit.RunId,
            after: null,
            plan,
            cancellationToken
        );
        // From here on nobody else writes, so what the run kept is complete.
        using var work = new UndoWork(plan, _ledger);
        var section = context.Images.Begin(images.Header with { TargetName = target.Name }, plan, _tally);
        await using (var now = await target.OpenAsync(plan, cancellationToken))
        {
            await work.CompareAsync(buckets(), now, cancellationToken);
            await section.KeepAsync(work.Changes, now, cancellationToken);
        }
        _phases.EndCompare();
        await ApplyAsync(work, section, writer, cancellationToken);
        _phases.EndUpdate();
        var verification = await ProveAsync(work, target, cancellationToken);
        _phases.EndVerify();
        if (_tally.Created + _tally.Updated > 0)
        {
            // What the last run proved is no longer so; saving that also makes everything before it durable.
            await writer.SaveProofAsync(ProofState.None, cancellationToken);
        }
        return Outcome(verification, TargetCheck.Warnings(images, schema, _tally.Created));
    }

    private async ValueTask ApplyAsync(
        UndoWork work,
        ImageSection section,
        ITargetWriter writer,
        CancellationToken cancellationToken
    )
    {
        using var ledger = new RunLedger(Unit, images.Plan, context.Audit, _tally, _meter) { KeepsDeadLetters = false };
        var applier = new Applier(
            Unit,
            images.Plan,
            writer,
            context.Audit,
            ledger,
            (batch, row, reason) =>
            {
                section.NotApplied(batch, row, reason);
                _ledger.NotApplied(batch, row, reason);
            }
        );
        // The run deleted before it updated; its way back is the other way round.
        foreach (var kind in (ChangeKind[])[ChangeKind.Update, ChangeKind.Create])
        {
            foreach (var batch in work.Changes.Read(kind))
            {
                using (batch.Rows)
                {
                    await applier.ApplyAsync(batch, bulk: false, cancellationToken);
                }
            }
        }
        section.Settle();
    }

    private async ValueTask<Verification> ProveAsync(UndoWork work, ITarget target, CancellationToken cancellationToken)
    {
        await using var now = await target.OpenAsync(images.Plan, cancellationToken);
        var verification = await new UndoProof(images.Plan, now).RunAsync(work.Wanted, _ledger.Left, cancellationToken);
        if (verification.Differences.Total > 0)
        {
            await context.Audit.GapsAsync(Unit, verification.Differences, cancellationToken);
        }
        var unproven = _ledger.Conflicts.Total + images.NotKept;
        return verification with
        {
            Verdict =
                verification.Differences.Total > 0 ? Verdict.Failed
                : unproven > 0 ? Verdict.Incomplete
                : Verdict.Verified,
            Unproven = unproven,
            SourcePosition = new SidePosition("before-images", context.Request.RunId),
        };
    }

    private UnitOutcome Outcome(Verification verification, IReadOnlyList<Pipelines.Finding> warnings) =>
        new(Unit)
        {
            Status = verification.Verdict == Verdict.Failed ? RunStatus.Failed : RunStatus.Completed,
            Warnings = warnings,
            Verification = verification,
            Counts = RunCounts() with
            {
                Source = verification.SourceDigest.Count + _ledger.Conflicts.Total,
                Target = verification.TargetDigest.Count,
            },
        };

    private RunCounts RunCounts() =>
        new()
        {
            Created = _tally.Created,
            Updated = _tally.Updated,
            Skipped = _ledger.Conflicts.Total,
        };

    private UnitOutcome Stopped(RunStatus status, RunError? error) =>
        new(Unit)
        {
            Status = status,
            Error = error,
            Counts = RunCounts(),
        };

    private async ValueTask<UnitOutcome> FailedAsync(ErrorType type, RunError error, Exception cause)
    {
        await context.Audit.ErrorAsync(
            new AuditError(Unit, type, Severity.High, error.Message, error.Suggestion)
            {
                StackTrace = cause.ToString(),
            },
            CancellationToken.None
        );
        return Stopped(RunStatus.Failed, error);
    }
}
