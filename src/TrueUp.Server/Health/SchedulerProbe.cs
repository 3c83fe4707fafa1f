using Quartz;

namespace TrueUp.Server.Health;

/// <summary>Whether anything is started by its schedule.</summary>
internal sealed class SchedulerProbe(ISchedulerFactory factory) : IProbe
{
    public string Name => "scheduler";

    public bool IsVital => false;

    public async ValueTask<ProbeResult> CheckAsync(CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        var status = await scheduler.GetStatus(cancellationToken);
        return status == SchedulerStatus.Running
            ? ProbeResult.Healthy("It runs.")
            : ProbeResult.Unhealthy($"It does not run: {status.ToString().ToLowerInvariant()}.");
    }
}
