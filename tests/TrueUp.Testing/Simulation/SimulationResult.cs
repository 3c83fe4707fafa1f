using TrueUp.Runs;

namespace TrueUp.Testing.Simulation;

/// <summary>What happened in a simulation.</summary>
public sealed class SimulationResult
{
    /// <summary>Operations of sides that were carried out.</summary>
    public long Steps { get; set; }

    /// <summary>Runs that were started.</summary>
    public long Runs { get; set; }

    /// <summary>Batches that were committed.</summary>
    public long Commits { get; set; }

    /// <summary>Faults by kind.</summary>
    public Dictionary<FaultKind, long> Faults { get; } = [];

    /// <summary>Verdicts of runs that came to one.</summary>
    public Dictionary<Verdict, long> Verdicts { get; } = [];

    /// <summary>How other runs ended: an error's code, <c>cancelled</c>, <c>crashed</c>.</summary>
    public Dictionary<string, long> Ends { get; } = [];

    /// <summary>What must not have happened.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>A number over every step in its order: equal when and only when the same happened.</summary>
    public ulong TraceHash { get; internal set; }

    /// <summary>Adds another simulation's numbers.</summary>
    public void Add(SimulationResult other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Steps += other.Steps;
        Runs += other.Runs;
        Commits += other.Commits;
        Sum(Faults, other.Faults);
        Sum(Verdicts, other.Verdicts);
        Sum(Ends, other.Ends);
        Violations.AddRange(other.Violations);
    }

    internal void Count<T>(Dictionary<T, long> counts, T what)
        where T : notnull => counts[what] = counts.GetValueOrDefault(what) + 1;

    private static void Sum<T>(Dictionary<T, long> sum, Dictionary<T, long> part)
        where T : notnull
    {
        foreach (var (what, count) in part)
        {
            sum[what] = sum.GetValueOrDefault(what) + count;
        }
    }
}
