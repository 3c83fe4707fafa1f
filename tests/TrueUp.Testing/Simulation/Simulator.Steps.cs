using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Testing.Simulation;

/// <summary>Whose turn it is, and what goes wrong with it.</summary>
public sealed partial class Simulator
{
    private SimulatedRun Start(PipelineDefinition pipeline, bool readOnly, RunOptions options)
    {
        var run = new SimulatedRun(++_runs, pipeline, _world.Store.Beside(), readOnly);
        var (source, target) = (run.Store.SourceFaults, run.Store.TargetFaults);
        source.Step = (operation, token) => WaitAsync(run, $"source {operation}", token);
        target.Step = (operation, token) => WaitAsync(run, $"target {operation}", token);
        target.Applying = batch => run.BatchRows = batch.Rows.Count;
        target.Applied = batch => Committed(run, batch);
        target.Corrupt = row => Lose(run, row) ? null : row;
        target.Refuses = (schema, row) => Refuse(run, schema, row);
        _settings.Break?.Invoke(target);
        _result.Runs++;
        _active.Add(run);
        Trace($"run {run.Number} starts{(readOnly ? " to look" : "")}");
        run.Start(_clock, new Random(_random.Next()), options);
        Harvest(run);
        return run;
    }

    private ValueTask WaitAsync(SimulatedRun run, string operation, CancellationToken cancellationToken)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException($"'{operation}' came from another thread than the simulation's.");
        }
        if (operation == "target begun")
        {
            _commits.Begun(run);
        }
        else if (operation == "target proved")
        {
            _commits.CheckProof(run);
        }
        var turn = new Turn(run, operation, cancellationToken);
        if (!run.IsCrashed)
        {
            _waiting.Add(turn);
        }
        return new ValueTask(turn.Granted);
    }

    private void Step()
    {
        var ready = _waiting.FindAll(t => t.NotBefore <= _result.Steps && t.Run.PausedUntil <= _result.Steps);
        if (ready.Count == 0)
        {
            Wake();
            return;
        }
        var chosen = _random.Next(ready.Count);
        if (chosen > 0)
        {
            Count(FaultKind.Reorder);
        }
        var turn = ready[chosen];
        if (!_isCalm && Chance(_faultRate / 2))
        {
            turn.NotBefore = _result.Steps + _random.Next(2, 40);
            Count(FaultKind.Delay);
            _result.Steps++;
            return;
        }
        _waiting.Remove(turn);
        _result.Steps++;
        _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(20)));
        if (Fault(turn) is { } error)
        {
            Trace($"{turn.Run.Number} {turn.Operation}: {error.Message}");
            turn.Fail(error);
        }
        else
        {
            Trace($"{turn.Run.Number} {turn.Operation}");
            Note(turn);
            turn.Go();
        }
        Harvest(turn.Run);
    }

    // Nobody may go: somebody is let go who was held back, or time passes until somebody wants to.
    private void Wake()
    {
        if (_waiting.Count > 0)
        {
            _waiting.ForEach(t => t.NotBefore = t.Run.PausedUntil = 0);
        }
        else if (!_clock.AdvanceToNext() && _active.Count > 0)
        {
            Violate("the engine waits for nothing");
            _active.Clear();
        }
        // Cancelled pauses end without an operation.
        _active.ToList().ForEach(Harvest);
        if (_active.Count == 0 && !_isCalm)
        {
            Start(_world.Pipeline, readOnly: false, new RunOptions());
        }
    }

    // What the simulation knows when an operation begins: nothing happens between this and the operation.
    private void Note(Turn turn)
    {
        var run = turn.Run;
        switch (turn.Operation)
        {
            case "source describe":
                run.Forget();
                break;
            case "source open":
                run.Source = _world.Source;
                run.SourceVersion = _world.SourceVersion;
                run.EpochsAtOpen = _commits.Epochs;
                break;
            case "target open":
                run.Target = new Dictionary<string, ModelRow>(_world.Target, StringComparer.Ordinal);
                run.Deleted = 0;
                break;
            case "target applied":
                Acknowledge(run, received: !turn.IsCancelled);
                break;
        }
    }

    private static void Acknowledge(SimulatedRun run, bool received)
    {
        for (var kind = 0; kind < run.Acknowledged.Length; kind++)
        {
            run.Acknowledged[kind] += received ? run.Unacknowledged[kind] : 0;
            run.Unacknowledged[kind] = 0;
        }
    }

    private SideException? Fault(Turn turn)
    {
        var isCommit = turn.Operation is "target applied" or "target proved" or "target begun";
        if (
            turn.Operation == "source check"
            && !_world.Store.SourceCanSeek
            && turn.Run.SourceVersion != _world.SourceVersion
        )
        {
            return SimulatedErrors.SourceChanged();
        }
        var isWrite = turn.Operation == "target apply";
        if (_isCalm || turn.IsCancelled || !Chance(_faultRate * (isCommit || isWrite ? 4 : 1)))
        {
            return null;
        }
        if (isCommit)
        {
            Count(FaultKind.LostAcknowledgment);
            Acknowledge(turn.Run, received: false);
            return SimulatedErrors.Broken();
        }
        switch (_random.Next(10))
        {
            case 0:
                Count(FaultKind.Denied);
                return SimulatedErrors.Denied();
            case < 4 when turn.Operation.EndsWith("read", StringComparison.Ordinal):
                Count(FaultKind.Garbled);
                return SimulatedErrors.Garbled(isTransient: Chance(0.7));
            case < 6 when isWrite:
                turn.Run.LosesNext = true;
                return null;
            default:
                Count(FaultKind.Broken);
                return SimulatedErrors.Broken();
        }
    }

    private void Committed(SimulatedRun run, ChangeBatch batch)
    {
        run.LosesNext = false;
        _result.Commits++;
        Trace($"{run.Number} commits {batch.Rows.Count} {batch.Kind}");
        _commits.Committed(run, batch);
    }

    private bool Lose(SimulatedRun run, byte[] row)
    {
        if (!run.LosesNext)
        {
            return false;
        }
        run.LosesNext = false;
        run.Lost.Add(SimulatedRows.KeyOf(_world.SourceTable, row));
        Count(FaultKind.LostRow);
        return true;
    }

    private bool Refuse(SimulatedRun run, RowSchema schema, byte[] row)
    {
        if (!_world.Refuses(schema, row))
        {
            return false;
        }
        if (run.BatchRows == 1)
        {
            run.Refused.Add(SimulatedRows.KeyOf(_world.SourceTable, row));
        }
        return true;
    }

    private void Harvest(SimulatedRun run)
    {
        if (run.IsCrashed || !run.Outcome.IsCompleted || !_active.Remove(run))
        {
            return;
        }
        if (!run.Outcome.IsCompletedSuccessfully)
        {
            Violate(
                $"run {run.Number} threw {run.Outcome.Exception?.InnerException ?? new OperationCanceledException()}"
            );
            return;
        }
        var outcome = run.Outcome.Result;
        Trace($"run {run.Number} ends: {outcome.Status} {outcome.Verification.Verdict} {outcome.Error?.Code}");
        if (outcome.Error is { } error)
        {
            _result.Count(_result.Ends, error.Code);
        }
        else if (outcome.Status == RunStatus.Cancelled)
        {
            _result.Count(_result.Ends, "cancelled");
        }
        else
        {
            _result.Count(_result.Verdicts, outcome.Verification.Verdict);
        }
        _ends.Ended(run, outcome);
        _commits.CheckTarget($"after run {run.Number}");
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private void Count(FaultKind kind) => _result.Count(_result.Faults, kind);
}
