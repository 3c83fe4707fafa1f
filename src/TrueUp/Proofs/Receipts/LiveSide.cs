namespace TrueUp.Proofs.Receipts;

/// <summary>One side then and now.</summary>
/// <param name="RowsThen">Rows the receipt's digest counts.</param>
/// <param name="Rows">Rows there are now.</param>
/// <param name="Moved">
/// Whether its position is another one; null when one of the two is not known. A server's position moves with every
/// write to any of its tables, so one that moved need not hold other rows.
/// </param>
public sealed record LiveSide(long RowsThen, long Rows, bool? Moved);
