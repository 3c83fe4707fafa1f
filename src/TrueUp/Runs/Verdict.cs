namespace TrueUp.Runs;

/// <summary>What a proof says, from best to worst.</summary>
public enum Verdict
{
    /// <summary>The predicate of the mode holds for every record.</summary>
    Verified,

    /// <summary>It did not hold for data that had been proven before, was repaired, and holds now.</summary>
    Repaired,

    /// <summary>It holds except for records in the dead letters.</summary>
    Incomplete,

    /// <summary>It holds except for records that are being changed right now.</summary>
    Pending,

    /// <summary>It does not hold.</summary>
    Failed,
}
