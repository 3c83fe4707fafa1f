using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Api;
using TrueUp.Server.Housekeeping;
using TrueUp.Server.Health;
using TrueUp.Server.Logs;
using TrueUp.Server.Metrics;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Queue;
using TrueUp.Server.Scheduling;
using TrueUp.Server.Settings;
using TrueUp.Store;

namespace TrueUp.Server;

/// <summary>
/// Puts a server together. Each folder of this project adds what it has by one method here, so this file is the list of
/// what a server is made of.
/// </summary>
public static class ServerHost
{
    /// <summary>A server that is not started yet; the caller starts and disposes it.</summary>
    /// <exception cref="InvalidSettingsException">The settings file has mistakes.</exception>
    /// <exception cref="Sides.SideException">The home or the control database cannot be used.</exception>
    public static WebApplication Build(ServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder();
        var services = builder.Services;
        var start = services.AddSettings(options);
        options = options with
        {
            Urls = options.Urls ?? start.Urls,
            ControlDatabase = options.ControlDatabase ?? start.ControlDatabase,
            Pipelines = options.Pipelines ?? start.Pipelines ?? Path.Combine(options.Home, "pipelines"),
        };
        builder.WebHost.UseUrls(options.Urls.Split(';'));
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);
        services.AddSingleton(options.Connectors);
        services.AddSingleton(_ => TrueUpHome.Open(options.Home, options.Clock, options.ControlDatabase));
        services.AddSingleton<PipelineCatalog>();
        services.AddQueue();
        services.AddScheduling(options);
        services.AddHousekeeping();
        services.AddSyncMetrics();
        services.AddApi();
        services.AddHealth();
        builder.AddLogs();
        var app = builder.Build();
        app.MapMetrics();
        app.MapHealth();
        app.MapApi();
        Directory.CreateDirectory(options.Pipelines);
        new PipelineFolder(
            options.Pipelines,
            app.Services.GetRequiredService<PipelineCatalog>(),
            options.Connectors,
            options.EnvironmentVariable
        ).Read();
        return app;
    }
}
