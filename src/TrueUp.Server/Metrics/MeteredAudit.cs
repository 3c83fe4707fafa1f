using Microsoft.Extensions.Logging;
using TrueUp.Audit;
using TrueUp.Runs;

namespace TrueUp.Server.Metrics;

/// <summary>
/// An audit log that measures what runs tell it on the way: how a server knows what its engine does without the engine
/// knowing of metrics.
/// </summary>
/// <param name="log">Where the trail goes.</param>
/// <param name="metrics">What is measured.</param>
/// <param name="tallies">How the last runs ended.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Where it is told as well.</param>
internal sealed class MeteredAudit(
    IAuditLog log,
    SyncMetrics metrics,
    RunTallies tallies,
    TimeProvider clock,
    ILogger<MeteredAudit> logger
) : IAuditLog
{
    /// <inheritdoc />
    public async ValueTask<IRunAudit> StartAsync(RunStart start, CancellationToken cancellationToken)
    {
        var run = await log.StartAsync(start, cancellationToken);
        return new MeteredRun(run, start, metrics, tallies, clock, logger);
    }

    /// <inheritdoc />
    public ValueTask<DateTimeOffset?> LastSelfTestAsync(string pipeline, CancellationToken cancellationToken) =>
        log.LastSelfTestAsync(pipeline, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PhaseTimes>> RecentPhasesAsync(
        string pipeline,
        int limit,
        CancellationToken cancellationToken
    ) => log.RecentPhasesAsync(pipeline, limit, cancellationToken);
}
