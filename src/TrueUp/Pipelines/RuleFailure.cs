namespace TrueUp.Pipelines;

/// <summary>What a record that fails a rule leads to.</summary>
public enum RuleFailure
{
    /// <summary>The record is not synchronised and becomes a dead letter.</summary>
    Skip,

    /// <summary>The record is synchronised and an integrity issue is reported.</summary>
    Report,
}
