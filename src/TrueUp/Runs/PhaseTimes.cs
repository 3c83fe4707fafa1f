namespace TrueUp.Runs;

/// <summary>Wall time by phase.</summary>
/// <param name="Fetch">Opening and surveying the source.</param>
/// <param name="Compare">Digests and drill-down before anything is written.</param>
/// <param name="Update">Applying changes.</param>
/// <param name="Verify">Proving.</param>
/// <param name="Total">The whole run.</param>
public sealed record PhaseTimes(TimeSpan Fetch, TimeSpan Compare, TimeSpan Update, TimeSpan Verify, TimeSpan Total)
{
    /// <summary>Nothing measured yet.</summary>
    public static readonly PhaseTimes Zero = new(default, default, default, default, default);

    /// <summary>The times of two units after one another.</summary>
    public static PhaseTimes operator +(PhaseTimes left, PhaseTimes right) =>
        new(
            left.Fetch + right.Fetch,
            left.Compare + right.Compare,
            left.Update + right.Update,
            left.Verify + right.Verify,
            left.Total + right.Total
        );
}
