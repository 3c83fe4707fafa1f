using TrueUp.Sides;

namespace TrueUp.Proofs.SelfTests;

/// <summary>A change to one row of the canary.</summary>
/// <param name="Kind">What happens to the row.</param>
/// <param name="Before">The row as it is; the new one for a create.</param>
/// <param name="After">The row as it becomes; as it was for a delete.</param>
internal sealed record CanaryChange(ChangeKind Kind, string?[] Before, string?[] After)
{
    /// <summary>The row's key as reports name it.</summary>
    public string Key => After[0]!;

    /// <summary>A value of a row becomes another.</summary>
    public static CanaryChange Value(string?[] row, string column, string? value)
    {
        var after = (string?[])row.Clone();
        after[CanaryRows.IndexOf(column)] = value;
        return new CanaryChange(ChangeKind.Update, row, after);
    }
}
