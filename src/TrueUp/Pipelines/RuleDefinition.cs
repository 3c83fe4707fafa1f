namespace TrueUp.Pipelines;

/// <summary>A check of each record. One of the checks is set.</summary>
/// <param name="Name">What people call it.</param>
public sealed record RuleDefinition(string Name)
{
    /// <summary>Target name of the column it is about.</summary>
    public string? Column { get; init; }

    /// <summary>The value must not be null.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// The value's display text must match this regular expression (.NET, culture invariant, limited in time).
    /// </summary>
    public string? Matches { get; init; }

    /// <summary>The value must not be below this (same notation as the column's display text).</summary>
    public string? Min { get; init; }

    /// <summary>The value must not be above this.</summary>
    public string? Max { get; init; }

    /// <summary>The value's display text must be one of these; empty for no such check.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>No two records may have the same value.</summary>
    public bool Unique { get; init; }

    /// <summary>A row with the same value must exist in another table of the target.</summary>
    public ExistsDefinition? Exists { get; init; }

    /// <summary>
    /// Checked only for records where this boolean column is true (or another column is not null or empty), or null for
    /// all.
    /// </summary>
    public string? When { get; init; }

    /// <summary>What a failure does.</summary>
    public RuleFailure OnFail { get; init; } = RuleFailure.Skip;

    /// <summary>The line in the pipeline file, or 0.</summary>
    public int Line { get; init; }
}
