namespace TrueUp.Runs;

/// <summary>A row that both sides have with different contents.</summary>
/// <param name="Key">The key's display text.</param>
/// <param name="Columns">The columns that differ.</param>
public sealed record Drift(string Key, IReadOnlyList<ColumnDifference> Columns);
