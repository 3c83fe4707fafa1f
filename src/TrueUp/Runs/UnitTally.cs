namespace TrueUp.Runs;

/// <summary>What was written for a unit so far, over all its attempts.</summary>
internal sealed class UnitTally
{
    public long Created { get; set; }

    public long Updated { get; set; }

    public long Deleted { get; set; }

    /// <summary>True once rows were loaded into a target that had none.</summary>
    public bool Loaded { get; set; }

    /// <summary>Keys that were created or updated one by one, apart from a first load.</summary>
    public KeySet Written { get; } = new();

    /// <summary>The epoch the last attempt held, or null before the first.</summary>
    public long? Epoch { get; set; }

    /// <summary>How often a proof found differences that were then synchronised again.</summary>
    public int Resyncs { get; set; }
}
