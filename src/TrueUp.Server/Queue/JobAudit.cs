using TrueUp.Audit;
using TrueUp.Runs;

namespace TrueUp.Server.Queue;

/// <summary>Tells a job which run it became, as soon as the run has a name.</summary>
internal sealed class JobAudit(IAuditLog audit, RunningJob running) : IAuditLog
{
    /// <inheritdoc />
    public async ValueTask<IRunAudit> StartAsync(RunStart start, CancellationToken cancellationToken)
    {
        var trail = await audit.StartAsync(start, cancellationToken);
        running.RunId = trail.RunId;
        return trail;
    }

    /// <inheritdoc />
    public ValueTask<DateTimeOffset?> LastSelfTestAsync(string pipeline, CancellationToken cancellationToken) =>
        audit.LastSelfTestAsync(pipeline, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PhaseTimes>> RecentPhasesAsync(
        string pipeline,
        int limit,
        CancellationToken cancellationToken
    ) => audit.RecentPhasesAsync(pipeline, limit, cancellationToken);
}
