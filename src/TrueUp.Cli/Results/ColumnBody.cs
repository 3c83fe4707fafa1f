namespace TrueUp.Cli.Results;

/// <summary>A column of a row, on both sides.</summary>
internal sealed record ColumnBody(string Column, string? Source, string? Target);
