namespace TrueUp.Audit;

/// <summary>How bad something is.</summary>
public enum Severity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>One record, or something that passed.</summary>
    Low,

    /// <summary>Needs a look; read from <c>WARNING</c> too.</summary>
    Medium,

    /// <summary>A run failed.</summary>
    High,

    /// <summary>Data may be wrong, or nothing works.</summary>
    Critical,
}
