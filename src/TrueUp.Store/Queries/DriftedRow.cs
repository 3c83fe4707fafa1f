namespace TrueUp.Store.Queries;

/// <summary>A row that both sides have with different contents.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Columns">The names of the columns that differ.</param>
public sealed record DriftedRow(string Key, IReadOnlyList<string> Columns);
