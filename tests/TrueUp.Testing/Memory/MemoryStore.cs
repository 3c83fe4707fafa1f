using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>Tables in memory that serve as both ends of a pipeline, with faults to order.</summary>
public sealed class MemoryStore
{
    public Dictionary<string, MemoryTable> Tables { get; } = [];

    public Dictionary<string, TargetState> States { get; } = [];

    public MemoryFaults SourceFaults { get; } = new();

    public MemoryFaults TargetFaults { get; } = new();

    /// <summary>
    /// Whether sources can fetch by key and part, as databases can, or only be read through, as files.
    /// </summary>
    public bool SourceCanSeek { get; set; } = true;

    /// <summary>Rows handed to writers so far.</summary>
    public long Applied { get; set; }
}
