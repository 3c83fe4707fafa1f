using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Api;
using TrueUp.Server.Logs;
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
        builder.WebHost.UseUrls((options.Urls ?? start.Urls).Split(';'));
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);
        services.AddSingleton(options.Connectors);
        services.AddSingleton(_ =>
            TrueUpHome.Open(options.Home, options.Clock, options.ControlDatabase ?? start.ControlDatabase)
        );
        services.AddSingleton<PipelineCatalog>();
        services.AddQueue();
        services.AddScheduling(options);
        services.AddApi();
        builder.AddLogs();
        var app = builder.Build();
        app.MapApi();
        var pipelines = options.Pipelines ?? start.Pipelines ?? Path.Combine(options.Home, "pipelines");
        Directory.CreateDirectory(pipelines);
        new PipelineFolder(
            pipelines,
            app.Services.GetRequiredService<PipelineCatalog>(),
            options.Connectors,
            options.EnvironmentVariable
        ).Read();
        return app;
    }
}
