namespace TrueUp.Runs;

/// <summary>What was written for a unit so far, over all its attempts.</summary>
internal sealed class UnitTally
{
    public long Created { get; set; }

    public long Updated { get; set; }

    public long Deleted { get; set; }

    /// <summary>The epoch the last attempt held, or null before the first.</summary>
    public long? Epoch { get; set; }

    /// <summary>How often a proof found differences that were then synchronised again.</summary>
    public int Resyncs { get; set; }
}
