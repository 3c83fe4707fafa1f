namespace TrueUp.Pipelines;

/// <summary>How often the verifier tests itself on the target's store.</summary>
public enum SelfTestPolicy
{
    /// <summary>Never.</summary>
    Off,

    /// <summary>With a run or a verification, at most once in 24 hours while it passes.</summary>
    Daily,
}
