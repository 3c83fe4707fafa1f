namespace TrueUp.Runs;

/// <summary>
/// How far a run is. With several units at the same time it is about the one at work that is furthest behind, and the
/// totals are over all of them.
/// </summary>
/// <param name="Phase"><c>detecting</c>, <c>syncing</c>, <c>verifying</c>.</param>
/// <param name="Unit">The unit it is about; empty when there is only one.</param>
/// <param name="Processed">Records of that unit processed in this phase.</param>
/// <param name="Expected">How many there will be, or null when unknown.</param>
/// <param name="Errors">Records of that unit skipped or refused so far.</param>
public sealed record RunProgress(string Phase, string Unit, long Processed, long? Expected, long Errors)
{
    /// <summary>Units that ended, failed ones included.</summary>
    public int UnitsProcessed { get; init; }

    /// <summary>Units of this run.</summary>
    public int TotalUnits { get; init; } = 1;

    /// <summary>
    /// Records processed so far over all units: of each the most that one of its phases got to. It never goes back.
    /// </summary>
    public long RecordsProcessed { get; init; }

    /// <summary>Records skipped or refused so far over all units. It never goes back.</summary>
    public long ErrorsTotal { get; init; }
}
