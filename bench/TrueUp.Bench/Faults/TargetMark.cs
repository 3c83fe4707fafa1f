namespace TrueUp.Bench.Faults;

/// <summary>How far writers came on a target.</summary>
/// <param name="Epoch">The newest writer's.</param>
/// <param name="Checkpoint">Rows written by all of them.</param>
internal readonly record struct TargetMark(long Epoch, long Checkpoint);
