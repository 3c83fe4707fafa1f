using Quartz;

namespace TrueUp.Server.Metrics;

/// <summary>Counts the firings of schedules that Quartz found too late.</summary>
internal sealed class MissedFires(SyncMetrics metrics) : ITriggerListener
{
    /// <inheritdoc />
    public string Name => nameof(MissedFires);

    /// <inheritdoc />
    public ValueTask TriggerMisfired(
        ITrigger trigger,
        IScheduler scheduler,
        CancellationToken cancellationToken = default
    )
    {
        metrics.FireMissed(trigger.Key.Name);
        return ValueTask.CompletedTask;
    }
}
