using TrueUp.Server.Metrics;

namespace TrueUp.Server.Health;

/// <summary>Whether the control database answers.</summary>
internal sealed class ControlDatabaseProbe(PipelineReadings readings) : IProbe
{
    public string Name => "control_database";

    public bool IsVital => true;

    public async ValueTask<ProbeResult> CheckAsync(CancellationToken cancellationToken) =>
        (await readings.FreshAsync(cancellationToken)).Problem is { } problem
            ? ProbeResult.Unhealthy(problem)
            : ProbeResult.Healthy("It answers.");
}
