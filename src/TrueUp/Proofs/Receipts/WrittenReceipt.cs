using TrueUp.Pipelines;

namespace TrueUp.Proofs.Receipts;

/// <summary>A receipt that was written.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Warnings">What did not work and does not make it less true: a witness that could not be told.</param>
public sealed record WrittenReceipt(string Path, IReadOnlyList<Finding> Warnings);
