namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>One cell that is not empty.</summary>
/// <param name="Column">Its column, from 0.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Start">Where its text begins in the row's bytes.</param>
/// <param name="Length">The bytes of its text.</param>
internal readonly record struct Cell(int Column, CellKind Kind, int Start, int Length);
