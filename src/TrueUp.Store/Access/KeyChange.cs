namespace TrueUp.Store.Access;

/// <summary>What became of making or rotating a key.</summary>
/// <param name="Outcome">Whether it was done.</param>
/// <param name="Issued">The new key when it was.</param>
public sealed record KeyChange(AccessOutcome Outcome, IssuedKey? Issued);
