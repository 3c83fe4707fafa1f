namespace TrueUp.Sides;

/// <summary>What a reading of a side is about, as receipts write it.</summary>
/// <param name="Kind"><c>file</c>, <c>snapshot</c>, <c>spool</c>.</param>
/// <param name="Value">A file's SHA-256 and length, a snapshot's LSN and transaction horizon: the same data, the same
/// value.</param>
public sealed record SidePosition(string Kind, string Value);
