namespace TrueUp.Audit;

/// <summary>What was done to a record.</summary>
public enum RecordOperation
{
    /// <summary>Inserted.</summary>
    Create,

    /// <summary>Overwritten.</summary>
    Update,

    /// <summary>Removed.</summary>
    Delete,

    /// <summary>Left as it is: equal, kept, or skipped with a reason.</summary>
    Skip,
}
