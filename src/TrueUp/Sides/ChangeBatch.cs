using TrueUp.Rows;

namespace TrueUp.Sides;

/// <summary>A bounded number of changes of one kind.</summary>
/// <param name="Kind">What to do with the rows.</param>
/// <param name="Rows">Whole rows (<see cref="RowPlan.Schema"/>), for deletes keys
/// (<see cref="RowPlan.KeySchema"/>).</param>
/// <param name="Expected">For updates and deletes: the hash of each row as Compare saw it on the target; empty for
/// creates.</param>
/// <param name="Seed">The seed of those hashes.</param>
public sealed record ChangeBatch(ChangeKind Kind, RowBatch Rows, ReadOnlyMemory<long> Expected, long Seed)
{
    /// <summary>True when Compare found the target without a single row: keys need not be looked up first.</summary>
    public bool IntoEmpty { get; init; }
}
