using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>Tables in memory that serve as both ends of a pipeline, with faults to order.</summary>
public sealed class MemoryStore
{
    public Dictionary<string, MemoryTable> Tables { get; private init; } = [];

    public Dictionary<string, TargetState> States { get; private init; } = [];

    public MemoryFaults SourceFaults { get; } = new();

    public MemoryFaults TargetFaults { get; } = new();

    /// <summary>
    /// Whether sources can fetch by key and part, as databases can, or only be read through, as files.
    /// </summary>
    public bool SourceCanSeek { get; set; } = true;

    /// <summary>Rows handed to writers so far.</summary>
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
