using TrueUp.Runs;

namespace TrueUp.Testing.Simulation;

/// <summary>What happens to the world between steps.</summary>
public sealed partial class Simulator
{
    private void Disturb()
    {
        if (_active.Count == 0 || (_active.Count < RunsMax && Chance(0.003)))
        {
            StartAny();
        }
        if (Chance(0.015))
        {
            Trace("the source changes");
            _world.EditSource();
            Count(FaultKind.SourceEdit);
        }
        if (Chance(_faultRate))
        {
            Trace("somebody else changes the target");
            _world.EditTarget();
            _commits.Edited();
            Count(FaultKind.OutsideEdit);
        }
        if (_active.Count > 0 && Chance(_faultRate / 4))
        {
            Harm(_active[_random.Next(_active.Count)]);
        }
    }

    private void StartAny()
    {
        var kind = _random.Next(12);
        Start(_world.Pipeline, readOnly: kind < 2, new RunOptions { DryRun = kind == 0 });
    }

    private void Harm(SimulatedRun run)
    {
        switch (_random.Next(5))
        {
            case < 2:
                Trace($"run {run.Number} crashes");
                Count(FaultKind.Crash);
                _result.Count(_result.Ends, "crashed");
                run.IsCrashed = true;
                _active.Remove(run);
                _waiting.RemoveAll(t => t.Run == run);
                _commits.CheckTarget($"after the crash of run {run.Number}");
                break;
            case < 4:
                Trace($"run {run.Number} stands still");
                Count(FaultKind.Zombie);
                run.PausedUntil = _result.Steps + _random.Next(20, 500);
                Start(_world.Pipeline, readOnly: false, new RunOptions());
                break;
            default:
                Trace($"run {run.Number} is cancelled");
                Count(FaultKind.Cancel);
                var isPausing = !_waiting.Exists(t => t.Run == run);
                run.Cancellation.Cancel();
                if (isPausing)
                {
                    // A cancelled pause goes on in the thread pool, where the run ends without another operation.
                    ((IAsyncResult)run.Outcome).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(10));
                }
                Harvest(run);
                break;
        }
    }
}
