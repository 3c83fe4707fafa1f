namespace TrueUp.Pipelines;

/// <summary>What to do with several source records of one key.</summary>
public enum DuplicatePolicy
{
    /// <summary>None of them is synchronised; all are reported as dead letters.</summary>
    Refuse,

    /// <summary>The first counts, the others are dead letters.</summary>
    First,

    /// <summary>The last counts, the others are dead letters.</summary>
    Last,
}
