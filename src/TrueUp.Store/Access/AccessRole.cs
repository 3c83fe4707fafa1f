namespace TrueUp.Store.Access;

/// <summary>What somebody may do; each may do what those before it may.</summary>
public enum AccessRole
{
    /// <summary>Sees monitoring, runs and summaries of errors, redacted.</summary>
    Viewer,

    /// <summary>Sees record logs and dead letters too, and triggers, pauses, resolves.</summary>
    Operator,

    /// <summary>Sees the audit trail too, and changes configuration, keys and users.</summary>
    Admin,
}
