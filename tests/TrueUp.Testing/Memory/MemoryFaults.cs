using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>Where tests make a store in memory misbehave.</summary>
public sealed class MemoryFaults
{
    /// <summary>Called before each reading of rows.</summary>
    public Action? Reading { get; set; }

    /// <summary>Called when a side is opened.</summary>
    public Action? Opening { get; set; }

    /// <summary>Called before each batch is applied; may throw.</summary>
    public Action<ChangeBatch>? Applying { get; set; }

    /// <summary>Called after each batch was applied; may throw or change the table behind the engine's back.</summary>
    public Action<ChangeBatch>? Applied { get; set; }

    /// <summary>Turns a row into another on its way in; null drops it silently.</summary>
    public Func<byte[], byte[]?>? Corrupt { get; set; }

    /// <summary>Whether the target refuses this row.</summary>
    public Func<RowSchema, byte[], bool>? Refuses { get; set; }
}
