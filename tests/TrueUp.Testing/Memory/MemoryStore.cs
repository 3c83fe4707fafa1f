using System.Collections.Concurrent;
using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>Tables in memory that serve as both ends of a pipeline, with faults to order.</summary>
public sealed class MemoryStore
{
    public ConcurrentDictionary<string, MemoryTable> Tables { get; private init; } = [];

    public ConcurrentDictionary<string, TargetState> States { get; private init; } = [];

    public MemoryFaults SourceFaults { get; } = new();

    public MemoryFaults TargetFaults { get; } = new();

    /// <summary>
    /// Whether sources can fetch by key and part, as databases can, or only be read through, as files.
    /// </summary>
    public bool SourceCanSeek { get; set; } = true;

    /// <summary>How many units it bears at the same time.</summary>
    public int UnitsAtOnce { get; set; } = int.MaxValue;

    /// <summary>Rows handed to writers so far; not exact while several units write.</summary>
    public long Applied { get; set; }

    /// <summary>The same tables seen by another client, with faults of its own.</summary>
    public MemoryStore Beside() =>
        new()
        {
            Tables = Tables,
            States = States,
            SourceCanSeek = SourceCanSeek,
        };
}
