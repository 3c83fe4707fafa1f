using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Settings;
using TrueUp.Sides;
using TrueUp.Store;

namespace TrueUp.Server.Housekeeping;

/// <summary>Keeps the control database small and its summaries fresh, while nobody asks for it.</summary>
internal sealed class Housekeeper(
    TrueUpHome home,
    SettingsBoard settings,
    TimeProvider clock,
    ILogger<Housekeeper> logger
) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CleaningPace = TimeSpan.FromHours(1);

    private long? _cleaned;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await KeepAsync(stoppingToken);
            }
            catch (SideException away)
            {
                // Nothing is lost by doing it later.
                logger.NotKept(away.Message);
            }
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (_cleaned is { } cleaned && clock.GetElapsedTime(cleaned) < CleaningPace)
        {
            await home.Maintenance.RefreshHealthAsync(cancellationToken);
            return;
        }
        var retention = settings.Current.Retention;
        var result = await home.Maintenance.RunAsync(
            new Store.Retention.RetentionSettings
            {
                Audit = TimeSpan.FromDays(retention.AuditDays),
                Metrics = TimeSpan.FromDays(retention.MetricsDays),
                Alerts = TimeSpan.FromDays(retention.AlertsDays),
            },
            cancellationToken
        );
        _cleaned = clock.GetTimestamp();
        if (result is { RunsArchived: > 0 } or { MetricsAggregated: > 0 } or { AlertsAcknowledged: > 0 })
        {
            logger.Kept(result.RunsArchived, result.MetricsAggregated, result.AlertsAcknowledged);
        }
    }
}
