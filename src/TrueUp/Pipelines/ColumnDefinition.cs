using TrueUp.Rows;

namespace TrueUp.Pipelines;

/// <summary>A declared column.</summary>
/// <param name="Name">Its name on the target.</param>
public sealed record ColumnDefinition(string Name)
{
    /// <summary>Its name on the source; the same as on the target by default.</summary>
    public string From { get; init; } = Name;

    /// <summary>Its type, or null to take the source's or infer it.</summary>
    public LogicalType? Type { get; init; }

    /// <summary>
    /// The notation of dates and times in a text source, as a .NET custom format, or null for ISO 8601.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>
    /// Digits after the point to which values may be rounded, or null for none: the loss the user accepts.
    /// </summary>
    public int? Round { get; init; }

    /// <summary>The line in the pipeline file, or 0.</summary>
    public int Line { get; init; }
}
