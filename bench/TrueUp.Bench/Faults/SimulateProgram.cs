using System.Collections.Concurrent;
using TrueUp.Testing.Simulation;

namespace TrueUp.Bench.Faults;

/// <summary>
/// The deterministic simulator: the real engine against sides in memory, with crashes, delays, lost acknowledgments,
/// zombies and edits drawn from a seed. <c>--seed S</c> alone repeats one seed and shows how it came about.
/// </summary>
internal sealed class SimulateProgram : IFaultProgram
{
    private const int LinesShown = 60;

    public string Name => "simulate";

    public int Times => 1000;

    public int Rows => 0;

    public long Steps => 1_000_000;

    public Task RunAsync(FaultSettings settings, FaultReport report, CancellationToken cancellationToken)
    {
        var steps = (int)Math.Max(1, (settings.Steps + settings.Times - 1) / settings.Times);
        var failed = new ConcurrentDictionary<int, SimulationResult>();
        var sum = new SimulationResult();
        ulong trace = 0;
        // Each seed has a thread of its own; what it does depends on nothing outside.
        Parallel.For(
            settings.Seed,
            settings.Seed + settings.Times,
            new ParallelOptions
            {
                CancellationToken = cancellationToken,
                MaxDegreeOfParallelism = Environment.ProcessorCount,
            },
            seed =>
            {
                var result = Simulator.Run(new SimulationSettings(seed, steps));
                lock (sum)
                {
                    sum.Add(result);
                    trace += result.TraceHash;
                }
                if (result.Violations.Count > 0)
                {
                    failed[seed] = result;
                }
            }
        );
        foreach (var (seed, result) in failed.OrderBy(f => f.Key))
        {
            report.Check(false, $"{string.Join("; ", result.Violations)}");
            report.Say($"  again with: ./dev fault simulate --seed {seed} --steps {steps}");
        }
        if (settings.Times == 1 && !failed.IsEmpty)
        {
            Show(settings.Seed, steps, report);
        }
        Tell(sum, settings.Times, trace, report);
        return Task.CompletedTask;
    }

    private static void Show(int seed, int steps, FaultReport report)
    {
        var lines = new Queue<string>();
        Simulator.Run(
            new SimulationSettings(seed, steps)
            {
                Trace = line =>
                {
                    lines.Enqueue(line);
                    if (lines.Count > LinesShown)
                    {
                        lines.Dequeue();
                    }
                },
            }
        );
        foreach (var line in lines)
        {
            report.Say($"  {line}");
        }
    }

    private static void Tell(SimulationResult sum, int seeds, ulong trace, FaultReport report)
    {
        report.Say($"{sum.Steps} steps over {seeds} seeds: {sum.Runs} runs, {sum.Commits} commits, trace {trace:x16}");
        foreach (var (kind, count) in sum.Faults)
        {
            report.Count($"fault {kind}", (int)count);
        }
        foreach (var (verdict, count) in sum.Verdicts)
        {
            report.Count($"run came to {verdict}", (int)count);
        }
        foreach (var (end, count) in sum.Ends)
        {
            report.Count($"run ended with {end}", (int)count);
        }
    }
}
