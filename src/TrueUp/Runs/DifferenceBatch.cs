using TrueUp.Rows;

namespace TrueUp.Runs;

/// <summary>Differences of one kind, as drill-down finds them and before Policy has looked at them.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Rows">The source's whole rows; for extras the target's keys.</param>
/// <param name="TargetHashes">The hash of the target's row of each, 0 for gaps.</param>
/// <param name="TargetStamps">When the target's row was last changed, see <see cref="Stamps.Read"/>.</param>
internal sealed record DifferenceBatch(DifferenceKind Kind, RowBatch Rows, long[] TargetHashes, long[] TargetStamps)
    : IDisposable
{
    public void Dispose() => Rows.Dispose();
}
