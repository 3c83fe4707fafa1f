namespace TrueUp.Audit;

/// <summary>Where runs leave their trail: the control database.</summary>
public interface IAuditLog
{
    /// <summary>Records that a run begins, durably, before it does anything (P06).</summary>
    ValueTask<IRunAudit> StartAsync(RunStart start, CancellationToken cancellationToken);

    /// <summary>When a run of a pipeline began that made a self-test which passed (UTC), or null for never.</summary>
    ValueTask<DateTimeOffset?> LastSelfTestAsync(string pipeline, CancellationToken cancellationToken) =>
        new((DateTimeOffset?)null);
}
