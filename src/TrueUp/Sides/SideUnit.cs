using TrueUp.Pipelines;

namespace TrueUp.Sides;

/// <summary>One isolated part of a pipeline's source.</summary>
/// <param name="Name">The unit's name (a table), or empty when the pipeline has one part only.</param>
/// <param name="Source">The side that reads this part alone.</param>
/// <param name="TargetTable">The table of a target that names none, or null.</param>
public sealed record SideUnit(string Name, SideDefinition Source, string? TargetTable);
