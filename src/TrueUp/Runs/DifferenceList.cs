namespace TrueUp.Runs;

/// <summary>
/// What differs between two sides, by key. With units, keys carry the unit's name in front: <c>public.orders: 17</c>.
/// </summary>
public sealed class DifferenceList
{
    /// <summary>Keys only on the source.</summary>
    public KeyList<string> Gaps { get; } = new();

    /// <summary>Rows on both sides that differ.</summary>
    public KeyList<Drift> Drift { get; } = new();

    /// <summary>Keys only on the target (within what the pipeline owns).</summary>
    public KeyList<string> Extra { get; } = new();

    /// <summary>How many differences there are.</summary>
    public long Total => Gaps.Total + Drift.Total + Extra.Total;

    /// <summary>Adds another list to this one.</summary>
    public void AddAll(DifferenceList other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Gaps.AddAll(other.Gaps);
        Drift.AddAll(other.Drift);
        Extra.AddAll(other.Extra);
    }
}
