using TrueUp.Rows;

namespace TrueUp.Undo;

/// <summary>A column of kept rows; see <see cref="Sides.PlannedColumn"/>.</summary>
internal sealed record ImageColumn(string Name, LogicalType Type, bool Nullable, bool Written);
