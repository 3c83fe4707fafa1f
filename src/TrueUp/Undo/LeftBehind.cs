namespace TrueUp.Undo;

/// <summary>What a run left where a row had been.</summary>
/// <param name="IsAbsent">True for no row.</param>
/// <param name="Seed">The seed of the hash.</param>
/// <param name="Hash">The hash of the row it wrote.</param>
internal readonly record struct LeftBehind(bool IsAbsent, long Seed, long Hash);
