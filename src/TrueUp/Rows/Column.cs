namespace TrueUp.Rows;

/// <summary>One column of a side.</summary>
/// <param name="Name">Its name on that side, unquoted.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Nullable">False when the side forbids null.</param>
/// <param name="Generated">True when the side computes it; it is compared but never written.</param>
public sealed record Column(string Name, LogicalType Type, bool Nullable = true, bool Generated = false)
{
    /// <summary>
    /// The side's own name of the type with its length or precision, such as <c>character varying(20)</c>, for a side
    /// of the
    /// same kind that creates the column; null when there is none to keep.
    /// </summary>
    public string? Native { get; init; }
}
