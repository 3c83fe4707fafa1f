namespace TrueUp.Sides;

/// <summary>A record that cannot be synchronised as it is.</summary>
/// <param name="Issue">One of <c>missing_required_field</c>, <c>invalid_format</c>, <c>rule_failed</c>,
/// <c>duplicate_key</c>,
/// <c>missing_key</c>, <c>ragged_row</c>, <c>bad_encoding</c>, <c>unclosed_quote</c>, <c>row_too_large</c>,
/// <c>refused_by_target</c>, <c>missing_property</c>.</param>
/// <param name="Reason">What is wrong, for people; holds no value of the record.</param>
public sealed record RejectedRecord(string Issue, string Reason)
{
    /// <summary>The record number in the source (1 is the first data record), or 0.</summary>
    public long Ordinal { get; init; }

    /// <summary>The line of a text file the record begins on, or 0.</summary>
    public long Line { get; init; }

    /// <summary>The column at fault, if one is.</summary>
    public string? Column { get; init; }

    /// <summary>The key in transport form (a tuple of the plan's key schema), or null when it cannot be read.</summary>
    public byte[]? Key { get; init; }

    /// <summary>The record as the source has it.</summary>
    public string? Raw { get; init; }
}
