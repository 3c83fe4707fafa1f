using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Testing.Simulation;

/// <summary>
/// Runs the real engine against sides in memory, with one thread, one clock and one seed. Every operation of a side
/// waits
/// until the simulation gives it its turn, and meanwhile nothing else happens; so the same seed makes the same things
/// happen in the same order, faults included. After every commit and every run it compares what the engine says with
/// what a plain model says.
/// </summary>
public sealed partial class Simulator
{
    private const int RunsMax = 3;
    private const int RestStepsMax = 100_000;

    // Some worlds are quiet, so that runs come to their end; in others hardly one does.
    private static readonly double[] FaultRates = [0, 0.002, 0.008, 0.03];

    private readonly SimulationSettings _settings;
    private readonly Random _random;
    private readonly SimulatedWorld _world;
    private readonly SimulatedClock _clock = new();
    private readonly CommitReferee _commits;
    private readonly RunReferee _ends;
    private readonly SimulationResult _result = new();
    private readonly List<Turn> _waiting = [];
    private readonly List<SimulatedRun> _active = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly double _faultRate;
    private ulong _trace = 14695981039346656037;
    private int _runs;
    private bool _isCalm;

    private Simulator(SimulationSettings settings)
    {
        _settings = settings;
        _random = new Random(settings.Seed);
        _faultRate = FaultRates[_random.Next(FaultRates.Length)];
        _world = new SimulatedWorld(_random);
        _commits = new CommitReferee(_world, Violate);
        _ends = new RunReferee(Violate);
    }

    /// <summary>Runs one simulation on a thread of its own.</summary>
    public static SimulationResult Run(SimulationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SimulationResult? result = null;
        var thread = new Thread(
            () =>
            {
                Background.IsInline = true;
                result = new Simulator(settings).Play();
            },
            maxStackSize: 16 << 20
        );
        thread.Start();
        thread.Join();
        return result!;
    }

    private SimulationResult Play()
    {
        while (_result.Steps < _settings.Steps && _result.Violations.Count == 0)
        {
            Disturb();
            Step();
        }
        _isCalm = true;
        Rest();
        if (_result.Violations.Count == 0)
        {
            Converge();
        }
        _result.TraceHash = _trace;
        return _result;
    }

    // Whatever still runs comes to its end.
    private void Rest()
    {
        for (var i = 0; _active.Count > 0 && _result.Violations.Count == 0; i++)
        {
            Step();
            if (i == RestStepsMax)
            {
                Violate("the runs do not come to an end");
            }
        }
    }

    // Without faults one run makes the predicate hold, where it can hold at all; one more changes nothing.
    private void Converge()
    {
        var pipeline = _world.Pipeline with { MaxDeletes = Allowance.OfPercent(100) };
        var expected = Prediction.Of(pipeline, _world);
        var (first, outcome) = RunToEnd(pipeline, readOnly: false);
        Expect(outcome, expected, "the run after the faults");
        var judgement = Judgement.Of(pipeline, _world.Source, _world.Target, first.Refused);
        if (judgement.Holds != (expected[0] != Verdict.Failed))
        {
            Violate($"after the faults and one more run: {judgement}, expected {expected[0]}");
        }
        var (second, again) = RunToEnd(pipeline, readOnly: false);
        Expect(again, [expected[0]], "one more run");
        if (second.Changed > 0 || again?.Counts is not { Created: 0, Updated: 0, Deleted: 0 })
        {
            Violate($"one more run changed {second.Changed} rows");
        }
        var (_, seen) = RunToEnd(pipeline, readOnly: true);
        Expect(seen, [first.Refused.Count > 0 ? Verdict.Failed : expected[0]], "the verification at the end");
    }

    private (SimulatedRun Run, RunOutcome? Outcome) RunToEnd(PipelineDefinition pipeline, bool readOnly)
    {
        var run = Start(pipeline, readOnly, new RunOptions());
        Rest();
        return (run, run.Outcome.IsCompletedSuccessfully ? run.Outcome.Result : null);
    }

    private void Expect(RunOutcome? outcome, IReadOnlyList<Verdict> verdicts, string what)
    {
        if (outcome is null || outcome.Error is not null || !verdicts.Contains(outcome.Verification.Verdict))
        {
            Violate(
                $"{what} came to {outcome?.Verification.Verdict} {outcome?.Error?.Message}, expected {string.Join(" or ", verdicts)}"
            );
        }
    }

    private void Violate(string what)
    {
        _result.Violations.Add($"seed {_settings.Seed}, step {_result.Steps}: {what}");
        Trace($"VIOLATION {what}");
    }

    // FNV-1a over everything that happens.
    private void Trace(string line)
    {
        foreach (var character in line)
        {
            _trace = (_trace ^ character) * 1099511628211;
        }
        _settings.Trace?.Invoke($"{_result.Steps, 6} {line}");
    }
}
