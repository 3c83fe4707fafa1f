namespace TrueUp.Proofs.Receipts;

/// <summary>What the verifier's test of itself came to.</summary>
/// <param name="Passed">Whether everything was found and repaired, and nothing where nothing was wrong.</param>
/// <param name="Kinds">Kinds of damage that were done to the canary.</param>
/// <param name="Detected">Kinds that were found.</param>
public sealed record ReceiptSelfTest(bool Passed, int Kinds, int Detected);
