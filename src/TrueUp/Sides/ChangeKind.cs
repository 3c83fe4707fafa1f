namespace TrueUp.Sides;

/// <summary>What a change does to the target.</summary>
public enum ChangeKind
{
    /// <summary>Insert a row whose key the target does not have.</summary>
    Create,

    /// <summary>Overwrite the row of that key.</summary>
    Update,

    /// <summary>Remove the row of that key.</summary>
    Delete,
}
