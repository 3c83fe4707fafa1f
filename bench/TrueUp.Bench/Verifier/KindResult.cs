namespace TrueUp.Bench.Verifier;

/// <summary>What became of one kind of damage in one pair.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Seeded">How often it was done; 0 where the pair's types cannot express it.</param>
/// <param name="Detected">How often verify said that the sides differ.</param>
/// <param name="Located">How often it named exactly the keys that were wrong.</param>
/// <param name="Repaired">How often a run then repaired it and said so.</param>
internal sealed record KindResult(string Pair, string Kind, int Seeded, int Detected, int Located, int Repaired);
