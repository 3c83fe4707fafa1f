namespace TrueUp.Samples.Sellers;

/// <summary>A table as people type it.</summary>
/// <param name="Name">Its name in the workbook.</param>
/// <param name="Headers">The columns.</param>
/// <param name="Rows">
/// Cells by row: null, <see cref="string"/>, <see cref="bool"/>, <see cref="decimal"/> or <see cref="DateOnly"/>.
/// </param>
internal sealed record Sheet(string Name, IReadOnlyList<string> Headers, IReadOnlyList<object?[]> Rows);
