namespace TrueUp.Audit;

/// <summary>Where runs leave their trail: the control database.</summary>
public interface IAuditLog
{
    /// <summary>Records that a run begins, durably, before it does anything (P06).</summary>
    ValueTask<IRunAudit> StartAsync(RunStart start, CancellationToken cancellationToken);
}
