namespace TrueUp.Runs;

/// <summary>Why a later run could do what this one could not.</summary>
public enum RetryReason
{
    /// <summary>It could not: all is done, or somebody has to change something first.</summary>
    None,

    /// <summary>Units failed for a reason that may pass, or could not be repaired.</summary>
    Units,

    /// <summary>Records wait in the dead letters.</summary>
    DeadLetters,
}
