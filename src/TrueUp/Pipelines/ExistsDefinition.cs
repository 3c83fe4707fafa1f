namespace TrueUp.Pipelines;

/// <summary>A row that must exist: <c>exists: {table: properties, column: seller_number}</c>.</summary>
/// <param name="Table">The table on the target.</param>
/// <param name="Column">The column that must have the value.</param>
public sealed record ExistsDefinition(string Table, string Column);
