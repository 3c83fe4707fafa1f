namespace TrueUp.Runs;

/// <summary>One column of one row, on both sides.</summary>
/// <param name="Column">The column's target name.</param>
/// <param name="Source">Its display text on the source; null is null.</param>
/// <param name="Target">Its display text on the target; null is null.</param>
public sealed record ColumnDifference(string Column, string? Source, string? Target);
