using TrueUp.Connectors.Sqlite.Cells;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>What a row set reads and what it can do.</summary>
internal sealed record RowSetSettings
{
    public required SqliteSide Side { get; init; }

    public required SideRole Role { get; init; }

    public required RowPlan Plan { get; init; }

    public required RowSql Sql { get; init; }

    /// <summary>The key's columns by their names in this store, in key order.</summary>
    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>Makes the cells of one reading, in plan order; they are not shared.</summary>
    public required Func<Cell[]> Cells { get; init; }

    /// <summary>Whether rows can be found by key, and none can be rejected.</summary>
    public required bool CanSeek { get; init; }

    /// <summary>Whether the first key column is indexed.</summary>
    public required bool HasLeadingIndex { get; init; }
}
