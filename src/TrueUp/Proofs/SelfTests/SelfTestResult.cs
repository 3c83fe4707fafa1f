namespace TrueUp.Proofs.SelfTests;

/// <summary>What the verifier's test of itself came to.</summary>
/// <param name="Passed">
/// Whether every kind of damage was found, nothing was found where nothing was wrong, and repair worked.
/// </param>
/// <param name="Kinds">Kinds of damage that were done to the canary table.</param>
/// <param name="Detected">Kinds that verification found, naming exactly the rows that were wrong.</param>
public sealed record SelfTestResult(bool Passed, int Kinds, int Detected)
{
    /// <summary>What did not go as it must: kinds that were missed, or why the test could not be made.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
