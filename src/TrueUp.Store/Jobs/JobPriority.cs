namespace TrueUp.Store.Jobs;

/// <summary>Who goes first. Numbers are the queue's order.</summary>
public enum JobPriority
{
    /// <summary>Before everything that waits.</summary>
    Emergency = 0,

    /// <summary>Before what is normal.</summary>
    High = 1,

    /// <summary>In its turn.</summary>
    Normal = 2,
}
