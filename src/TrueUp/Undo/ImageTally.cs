namespace TrueUp.Undo;

/// <summary>How far a section had come.</summary>
/// <param name="Settled">Whether every change before it was tried; false while that is not known.</param>
/// <param name="Created">Rows the unit had created.</param>
/// <param name="NotKept">Rows that were changed, or are about to be, without an image.</param>
internal readonly record struct ImageTally(bool Settled, long Created, long NotKept);
