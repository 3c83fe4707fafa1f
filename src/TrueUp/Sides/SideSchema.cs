using TrueUp.Rows;

namespace TrueUp.Sides;

/// <summary>What a side says about its rows before they are read.</summary>
/// <param name="Columns">Its columns, in its order.</param>
/// <param name="Key">Names of its primary key's columns, in key order; empty when it has none.</param>
/// <param name="UniqueKeys">Further column sets that the store itself keeps unique and not null.</param>
/// <param name="Findings">What the side noticed and can live with (warnings), or cannot (errors).</param>
public sealed record SideSchema(
    IReadOnlyList<Column> Columns,
    IReadOnlyList<string> Key,
    IReadOnlyList<IReadOnlyList<string>> UniqueKeys,
    IReadOnlyList<Pipelines.Finding> Findings
)
{
    /// <summary>The column of a name, exactly as written, or null.</summary>
    public Column? Find(string name) =>
        Columns.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal));

    /// <summary>Whether the store itself keeps these columns unique and not null.</summary>
    public bool IsUnique(IReadOnlyList<string> columns) =>
        SameSet(Key, columns) || UniqueKeys.Any(k => SameSet(k, columns));

    private static bool SameSet(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        left.Count > 0 && left.Count == right.Count && left.All(n => right.Contains(n, StringComparer.Ordinal));
}
