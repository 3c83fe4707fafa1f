namespace TrueUp.Pipelines;

/// <summary>What becomes of a scheduled time at which no server was there.</summary>
public enum MissedPolicy
{
    /// <summary>However many were missed, the pipeline runs once as soon as a server is there again.</summary>
    Run,

    /// <summary>It is left out.</summary>
    Skip,
}
