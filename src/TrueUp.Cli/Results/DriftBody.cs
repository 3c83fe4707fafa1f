namespace TrueUp.Cli.Results;

/// <summary>A row that both sides have with different contents.</summary>
internal sealed record DriftBody(string Key, IReadOnlyList<ColumnBody> Columns);
