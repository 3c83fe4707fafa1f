using TrueUp.Rows;

namespace TrueUp.Sides;

/// <summary>A pair of columns that agree to carry values in one logical type.</summary>
/// <param name="SourceName">The column on the source.</param>
/// <param name="TargetName">The column on the target.</param>
/// <param name="Carrier">The type both sides hold exactly; values travel in its send form.</param>
public sealed record PlannedColumn(string SourceName, string TargetName, LogicalType Carrier)
{
    /// <summary>Whether the target takes null.</summary>
    public bool Nullable { get; init; } = true;

    /// <summary>False when the target computes the column: it is compared and never written.</summary>
    public bool Written { get; init; } = true;

    /// <summary>
    /// True when the user named the type: any spelling of a value is converted. False when it was inferred or taken
    /// from the
    /// target: a text source may then convert only texts that are the display text of the value, so that nothing is
    /// damaged.
    /// </summary>
    public bool Declared { get; init; }

    /// <summary>A date or time notation of the source's text (.NET custom format), or null for ISO 8601.</summary>
    public string? Format { get; init; }

    /// <summary>
    /// The source's own type, for a target of the same kind that creates the column and would else create one for the
    /// carrier.
    /// </summary>
    public string? Native { get; init; }

    /// <summary>Digits after the point to which the user allows rounding, or null for none.</summary>
    public int? Round { get; init; }
}
