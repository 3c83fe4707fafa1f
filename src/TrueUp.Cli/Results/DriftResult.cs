namespace TrueUp.Cli.Results;

/// <summary>A row that both sides have with different contents.</summary>
internal sealed record DriftResult(string Key, IReadOnlyList<ColumnResult> Columns);
