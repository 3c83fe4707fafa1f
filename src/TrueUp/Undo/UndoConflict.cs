namespace TrueUp.Undo;

/// <summary>A row that was left alone.</summary>
/// <param name="Unit">The unit; empty when the pipeline has one part only.</param>
/// <param name="Key">Its key.</param>
/// <param name="Reason">Why.</param>
public sealed record UndoConflict(string Unit, string Key, string Reason);
