using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>What Planner decided: how rows travel and what the target needs first.</summary>
/// <param name="Rows">Column pairs, carriers, key.</param>
/// <param name="Create">Whether the target table has to be created.</param>
/// <param name="AddColumns">Target columns to add.</param>
/// <param name="KeyIsUnique">Whether the source itself keeps the key unique and not null.</param>
/// <param name="Warnings">What one can live with.</param>
internal sealed record UnitPlan(
    RowPlan Rows,
    bool Create,
    IReadOnlyList<string> AddColumns,
    bool KeyIsUnique,
    IReadOnlyList<Finding> Warnings
);
