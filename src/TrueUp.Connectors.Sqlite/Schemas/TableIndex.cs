namespace TrueUp.Connectors.Sqlite.Schemas;

/// <summary>An index over all rows of a table.</summary>
/// <param name="Columns">Its leading columns, up to the first expression.</param>
/// <param name="IsUnique">Whether exactly these columns are unique.</param>
internal sealed record TableIndex(IReadOnlyList<string> Columns, bool IsUnique);
