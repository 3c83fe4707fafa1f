using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Security;
using TrueUp.Store;

namespace TrueUp.Server.Metrics;

/// <summary>What a server measures, and where that can be read.</summary>
internal static class MetricSetup
{
    /// <summary>Everything that measures, and the exporter of OpenTelemetry for whoever asks for it.</summary>
    public static void AddSyncMetrics(this IServiceCollection services) =>
        services
            .AddSingleton<ServerMeter>()
            .AddSingleton<MetricRegistry>()
            .AddSingleton<SyncMetrics>()
            .AddSingleton<RunTallies>()
            .AddSingleton<PipelineReadings>()
            .AddSingleton<ProofAges>()
            .AddSingleton<PipelineGauges>()
            .AddSingleton<PoolGauges>()
            .AddSingleton(_ => new HostReader())
            .AddSingleton<HostGauges>()
            .AddSingleton<HttpMetrics>()
            .AddSingleton(provider => new MeteredAudit(
                provider.GetRequiredService<TrueUpHome>().Audit,
                provider.GetRequiredService<SyncMetrics>(),
                provider.GetRequiredService<RunTallies>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<MeteredAudit>>()
            ))
            .AddHostedService<Telemetry>();

    /// <summary>
    /// Measures every request that comes after this, and gives everything at <c>/metrics</c>. Call it before
    /// whatever refuses requests, so that these are measured too.
    /// </summary>
    public static void MapMetrics(this WebApplication app)
    {
        var registry = app.Services.GetRequiredService<MetricRegistry>();
        // They measure from now on, not from when somebody first needs them.
        _ = app.Services.GetRequiredService<SyncMetrics>();
        _ = app.Services.GetRequiredService<PipelineGauges>();
        _ = app.Services.GetRequiredService<PoolGauges>();
        _ = app.Services.GetRequiredService<HostGauges>();
        var http = app.Services.GetRequiredService<HttpMetrics>();
        app.Use((context, next) => http.InvokeAsync(context, next));
        app.MapGet(
                "/metrics",
                async (PipelineReadings readings, CancellationToken cancellationToken) =>
                {
                    await readings.FreshAsync(cancellationToken);
                    return TypedResults.Text(registry.Scrape(), PrometheusText.ContentType);
                }
            )
            .ExcludeFromDescription()
            .RequireAuthorization(Policies.Metrics);
    }
}
