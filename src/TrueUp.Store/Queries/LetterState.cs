namespace TrueUp.Store.Queries;

/// <summary>Where a dead letter stands.</summary>
public enum LetterState
{
    /// <summary>Its record still cannot be synchronised.</summary>
    Pending,

    /// <summary>Its record came through, or is gone from the source.</summary>
    Succeeded,

    /// <summary>Somebody gave it up.</summary>
    Discarded,
}
