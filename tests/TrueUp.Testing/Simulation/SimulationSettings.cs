namespace TrueUp.Testing.Simulation;

/// <summary>One simulation.</summary>
/// <param name="Seed">Where every choice comes from.</param>
/// <param name="Steps">Operations of sides during which faults happen; what it takes to come to rest is added.</param>
public sealed record SimulationSettings(int Seed, int Steps)
{
    /// <summary>Makes the target worse than the contract allows, to see whether the simulation notices.</summary>
    public Action<Memory.MemoryFaults>? Break { get; init; }

    /// <summary>Told every step, or null.</summary>
    public Action<string>? Trace { get; init; }
}
