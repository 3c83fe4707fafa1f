using TrueUp.Server.Metrics;
using TrueUp.Server.Queue;

namespace TrueUp.Server.Health;

/// <summary>Whether what waits is taken.</summary>
internal sealed class QueueProbe(
    Liveness liveness,
    DispatcherState dispatcher,
    PipelineReadings readings,
    TimeProvider clock
) : IProbe
{
    /// <summary>How long a job may have been due before somebody should look.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(10);

    public string Name => "queue";

    public bool IsVital => true;

    public async ValueTask<ProbeResult> CheckAsync(CancellationToken cancellationToken)
    {
        if (liveness.Problem() is { } problem)
        {
            return ProbeResult.Unhealthy(problem);
        }
        var reading = await readings.FreshAsync(cancellationToken);
        if (dispatcher.Problem is not null || reading.Problem is not null)
        {
            return ProbeResult.Degraded("Nothing is claimed while the control database cannot be used.");
        }
        if (dispatcher.IsDraining)
        {
            return ProbeResult.Degraded("This server is being drained: it takes nothing new.");
        }
        var waiting = reading.Backlog.Sum(backlog => backlog.Waiting);
        var late = reading.Backlog.Select(backlog => clock.GetUtcNow() - backlog.DueAt).DefaultIfEmpty().Max();
        return late > WaitMax
            ? ProbeResult.Degraded($"{waiting} jobs wait, one for {late.TotalMinutes:0} minutes.")
            : ProbeResult.Healthy($"{waiting} jobs wait, {dispatcher.Running} run here.");
    }
}
