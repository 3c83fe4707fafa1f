using TrueUp.Audit;
using TrueUp.Digests;
using TrueUp.Pipelines;
using TrueUp.Sides;
using TrueUp.Undo;

namespace TrueUp.Runs;

/// <summary>The loop of a unit: compare, change, prove, and again for exactly what the proof found.</summary>
internal sealed class UnitLoop(
    UnitContext context,
    UnitPlan plan,
    IRowSet rows,
    ITarget target,
    RunLedger ledger,
    PhaseClock phases
)
{
    private readonly PipelineDefinition _pipeline = context.Pipeline;
    private readonly string _unit = context.Unit.Name;
    private readonly Finder _finder = new(context.Pipeline, plan.Rows, ledger, context.Clock);
    private readonly ImageSection? _images = context.Images?.Begin(
        ImageHeader.Of(context, plan.Rows, target.Name),
        plan.Rows,
        ledger.Tally
    );
    private readonly UnitJudge _judge = new(context, plan, rows, ledger);

    /// <summary>Compares once and writes nothing: for <c>verify</c> and dry runs.</summary>
    public async ValueTask<UnitOutcome> InspectAsync(CancellationToken cancellationToken)
    {
        ledger.Progress("verifying", 0);
        await using var other = plan.Create ? new EmptyRowSet() : await target.OpenAsync(plan.Rows, cancellationToken);
        using var found = await _finder.FindAsync(rows, other, context.NewSeed(), cancellationToken);
        await rows.CheckUnchangedAsync(cancellationToken);
        phases.EndVerify();
        if (!found.Holds)
        {
            await context.Audit.GapsAsync(_unit, found.Differences, cancellationToken);
        }
        var counts = context.Options.DryRun ? found.Changes.Counts : new long[3];
        return _judge.Outcome(found, other.Position, counts);
    }

    /// <summary>Makes the mode's predicate hold and proves it.</summary>
    /// <param name="state">The target's state as it was before the source was read.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<UnitOutcome> RunAsync(TargetState? state, CancellationToken cancellationToken)
    {
        // A retry must not take over from a run that took over from it; an epoch whose acknowledgment was lost is its
        // own.
        if (
            ledger.Tally.Epoch is { } held
            && state is not null
            && state.Epoch != held
            && !string.Equals(state.RunId, context.Audit.RunId, StringComparison.Ordinal)
        )
        {
            throw new FencedException(context.StateName, held);
        }
        var before = ProofState.Parse(state?.Proof);
        if (plan.Create || plan.AddColumns.Count > 0)
        {
            await target.PrepareAsync(plan.Rows, plan.Create, plan.AddColumns, cancellationToken);
        }
        // Whoever took an epoch since then may have proven the target against a newer source than this run has read.
        await using var writer = await target.BeginAsync(
            context.StateName,
            context.Audit.RunId,
            after: state?.Epoch ?? 0,
            plan.Rows,
            cancellationToken
        );
        ledger.Tally.Epoch = writer.Epoch;
        var applier = new Applier(
            _unit,
            plan.Rows,
            writer,
            context.Audit,
            ledger,
            _images is null ? null : _images.NotApplied
        );
        var loaded = await LoadIfEmptyAsync(applier, cancellationToken);
        for (var attempt = loaded ? 1 : 0; ; attempt++)
        {
            var (found, position) =
                loaded && attempt == 1
                    ? await CompareAfterLoadAsync(writer, cancellationToken)
                    : await CompareAsync(attempt == 0 ? before : null, attempt, cancellationToken);
            using (found)
            {
                if (found.Holds || !MayApply(found, attempt))
                {
                    await rows.CheckUnchangedAsync(cancellationToken);
                    await SaveProofAsync(writer, found, cancellationToken);
                    await UnchangedRecords.RecordAsync(
                        context,
                        plan.Rows,
                        rows,
                        loaded ? null : ledger.Tally.Written,
                        cancellationToken
                    );
                    var written = new[] { ledger.Tally.Created, ledger.Tally.Updated, ledger.Tally.Deleted };
                    return _judge.Outcome(found, position, written);
                }
                await NoteResyncAsync(found, attempt, cancellationToken);
                await ApplyAsync(applier, found, cancellationToken);
            }
        }
    }

    // A target without a row needs no comparison: everything is missing.
    private async ValueTask<bool> LoadIfEmptyAsync(Applier applier, CancellationToken cancellationToken)
    {
        await using (var empty = await target.OpenAsync(plan.Rows, cancellationToken))
        {
            if (!await empty.IsEmptyAsync(cancellationToken))
            {
                return false;
            }
        }
        phases.EndCompare();
        ledger.Tally.Loaded = true;
        ledger.Progress("syncing", 0);
        await applier.LoadAsync(rows.ReadAsync(PartSelection.Everything, null, cancellationToken), cancellationToken);
        phases.EndUpdate();
        return true;
    }

    private async ValueTask<(Found Found, SidePosition Position)> CompareAsync(
        ProofState? before,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        var result = await FindAsync(before, attempt, cancellationToken);
        if (result.Found.Holds || attempt > 0)
        {
            phases.EndVerify();
        }
        else
        {
            phases.EndCompare();
        }
        return result;
    }

    // What a first load put off is done while both sides are digested: both only read the rows, which are all there.
    private async ValueTask<(Found Found, SidePosition Position)> CompareAfterLoadAsync(
        ITargetWriter writer,
        CancellationToken cancellationToken
    )
    {
        var building = writer.BuildKeyAsync(cancellationToken).AsTask();
        var finding = FindAsync(before: null, attempt: 1, cancellationToken);
        try
        {
            await building;
            phases.EndUpdate();
            var result = await finding;
            await writer.EndLoadAsync(cancellationToken);
            phases.EndVerify();
            return result;
        }
        catch
        {
            await DiscardAsync(finding);
            throw;
        }
    }

    // The first failure is the one that is told; what the other task was at must still end before the sides are closed.
    private static async Task DiscardAsync(Task<(Found Found, SidePosition Position)> finding)
    {
        await ((Task)finding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (finding.IsCompletedSuccessfully)
        {
            (await finding).Found.Dispose();
        }
    }

    private async Task<(Found Found, SidePosition Position)> FindAsync(
        ProofState? before,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        if (attempt > 0)
        {
            ledger.Progress("verifying", 0);
        }
        await using var other = await target.OpenAsync(plan.Rows, cancellationToken);
        var found = await _finder.FindAsync(rows, other, context.NewSeed(), cancellationToken);
        try
        {
            if (!found.Holds && before is not null)
            {
                _judge.IsAltered = await before.IsAlteredAsync(other, plan.Rows, cancellationToken);
            }
            if (!found.Holds && MayApply(found, attempt))
            {
                CheckDeletes(found);
                // While the snapshot that was compared is still open.
                await (_images?.KeepAsync(found.Changes, other, cancellationToken) ?? ValueTask.CompletedTask);
            }
        }
        catch
        {
            found.Dispose();
            throw;
        }
        ledger.Progress(attempt > 0 || found.Holds ? "verifying" : "detecting", found.Comparison.TargetTotal.Count);
        return (found, other.Position);
    }

    // The first time round differences are work to do; later they are what a proof found, and repair is bounded.
    private bool MayApply(Found found, int attempt) =>
        found.Changes.Total > 0 && (attempt == 0 || (_pipeline.Verify.Repair && attempt <= _pipeline.Verify.Attempts));

    private async ValueTask NoteResyncAsync(Found found, int attempt, CancellationToken cancellationToken)
    {
        await context.Audit.GapsAsync(_unit, found.Differences, cancellationToken);
        if (attempt == 0)
        {
            _judge.Repaired = _judge.IsAltered ? found.Differences : _judge.Repaired;
            return;
        }
        ledger.Tally.Resyncs++;
        context.Logger.Alert(
            Severity.Medium,
            _pipeline.Name,
            _unit,
            $"the proof found {found.Differences.Total} differences; synchronising exactly these again"
        );
        await context.Audit.RecoveryAsync(
            new AuditRecovery(_unit, "resync", attempt, $"the proof found {found.Differences.Total} differences", null),
            cancellationToken
        );
    }

    private async ValueTask ApplyAsync(Applier applier, Found found, CancellationToken cancellationToken)
    {
        // Deletes come first where a row moves to another key under a unique value; updates before creates for the same
        // reason.
        foreach (var kind in (ChangeKind[])[ChangeKind.Delete, ChangeKind.Update])
        {
            foreach (var batch in found.Changes.Read(kind))
            {
                using (batch.Rows)
                {
                    await applier.ApplyAsync(batch, bulk: false, cancellationToken);
                }
            }
        }
        await applier.CreateAsync(found.Changes.Read(ChangeKind.Create), cancellationToken);
        _images?.Settle();
        phases.EndUpdate();
    }

    // Mirror's protection: a source that came back empty or much smaller is more likely broken than meant.
    private void CheckDeletes(Found found)
    {
        const long alwaysAllowed = 10;
        var deletes = found.Changes.Counts[(int)ChangeKind.Delete];
        var there = found.Comparison.TargetTotal.Count;
        var emptied = found.Comparison.SourceTotal.Count == 0 && !_pipeline.MaxDeletes.Accepts(there, there);
        if (deletes == 0 || (!emptied && (deletes <= alwaysAllowed || _pipeline.MaxDeletes.Accepts(deletes, there))))
        {
            return;
        }
        throw new RunException(
            "source_shrank",
            $"The source has {found.Comparison.SourceTotal.Count} rows and the target {there}: a mirror would delete {deletes}, more than max_deletes: {_pipeline.MaxDeletes}. Nothing was changed.",
            "Check the source. If it is right, raise max_deletes for one run (100% allows everything).",
            ErrorCause.Data
        );
    }

    private async ValueTask SaveProofAsync(ITargetWriter writer, Found found, CancellationToken cancellationToken)
    {
        if (!found.Holds)
        {
            return;
        }
        var proof = new ProofState
        {
            RunId = context.Audit.RunId,
            Plan = ProofState.Fingerprint(plan.Rows),
            Seed = found.Comparison.Seed,
            Target = found.Comparison.TargetTotal.ToString(),
            Source = rows.Position.Value,
        };
        await writer.SaveProofAsync(proof.ToJson(), cancellationToken);
    }
}
