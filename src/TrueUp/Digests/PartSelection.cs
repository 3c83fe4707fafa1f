namespace TrueUp.Digests;

/// <summary>Some parts of a partitioning.</summary>
/// <param name="Partitioning">How the rows are divided.</param>
/// <param name="Parts">The chosen part numbers, ascending; null chooses all parts.</param>
public sealed record PartSelection(Partitioning Partitioning, IReadOnlyList<int>? Parts)
{
    /// <summary>Every row.</summary>
    public static readonly PartSelection Everything = new(Partitioning.Whole, null);

    /// <summary>True when no row is left out.</summary>
    public bool IsEverything => Parts is null && ReferenceEquals(Partitioning, Partitioning.Whole);
}
