using TrueUp.Runs;

namespace TrueUp.Audit;

/// <summary>Where runs leave their trail: the control database.</summary>
public interface IAuditLog
{
    /// <summary>Records that a run begins, durably, before it does anything (P06).</summary>
    ValueTask<IRunAudit> StartAsync(RunStart start, CancellationToken cancellationToken);

    /// <summary>When a run of a pipeline began that made a self-test which passed (UTC), or null for never.</summary>
    ValueTask<DateTimeOffset?> LastSelfTestAsync(string pipeline, CancellationToken cancellationToken) =>
        new((DateTimeOffset?)null);

    /// <summary>
    /// What the phases of the last completed runs of a pipeline took, newest first: runs that wrote, left no unit out
    /// and were no undo.
    /// </summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="limit">Runs at most.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<IReadOnlyList<PhaseTimes>> RecentPhasesAsync(
        string pipeline,
        int limit,
        CancellationToken cancellationToken
    ) => new((IReadOnlyList<PhaseTimes>)[]);
}
