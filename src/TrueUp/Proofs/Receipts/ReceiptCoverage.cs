namespace TrueUp.Proofs.Receipts;

/// <summary>How many records of the source a proof covers.</summary>
/// <param name="Proven">Compared and equal in the end.</param>
/// <param name="Pending">Being changed while the proof ran.</param>
/// <param name="Unproven">In the dead letters, or different in the end.</param>
public sealed record ReceiptCoverage(long Proven, long Pending, long Unproven);
