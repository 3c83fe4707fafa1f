namespace TrueUp.Store.Jobs;

/// <summary>Whether a server takes work.</summary>
public enum NodeState
{
    /// <summary>It does.</summary>
    Active,

    /// <summary>It ends what it runs and takes nothing new.</summary>
    Draining,

    /// <summary>It said goodbye.</summary>
    Stopped,
}
