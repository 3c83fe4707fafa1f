namespace TrueUp.Sides;

/// <summary>A pipeline's row in the state table on its target.</summary>
/// <param name="Epoch">The newest epoch; only its holder may write.</param>
/// <param name="RunId">The run that holds it.</param>
/// <param name="Proof">What the last proof left (JSON of the engine), or null.</param>
public sealed record TargetState(long Epoch, string RunId, string? Proof);
