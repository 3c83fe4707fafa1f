namespace TrueUp.Rows;

/// <summary>One column of a side.</summary>
/// <param name="Name">Its name on that side, unquoted.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Nullable">False when the side forbids null.</param>
/// <param name="Generated">True when the side computes it; it is compared but never written.</param>
public sealed record Column(string Name, LogicalType Type, bool Nullable = true, bool Generated = false);
