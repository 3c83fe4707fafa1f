using Quartz;
using TrueUp.Server.Metrics;

namespace TrueUp.Server.Scheduling;

/// <summary>Counts times at which a pipeline was due and no server was there, or none had a thread.</summary>
internal sealed class MissedFires(SyncMetrics metrics) : ITriggerListener
{
    /// <inheritdoc />
    public string Name => "missed fires";

    /// <inheritdoc />
    public ValueTask TriggerMisfired(
        ITrigger trigger,
        IScheduler scheduler,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(trigger);
        metrics.FireMissed(trigger.Key.Name);
        return default;
    }
}
