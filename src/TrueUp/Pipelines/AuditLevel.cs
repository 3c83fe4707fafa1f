namespace TrueUp.Pipelines;

/// <summary>Which records the audit lists one by one.</summary>
public enum AuditLevel
{
    /// <summary>Created, updated, deleted, failed and skipped ones; a bulk load is one entry for each batch.</summary>
    Changes,

    /// <summary>Every record that was processed, each by itself.</summary>
    All,

    /// <summary>Only those that failed or were skipped.</summary>
    Failures,
}
