using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Api;
using TrueUp.Server.Health;
using TrueUp.Server.Housekeeping;
using TrueUp.Server.Logs;
using TrueUp.Server.Metrics;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Queue;
using TrueUp.Server.Scheduling;
using TrueUp.Server.Security;
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
    /// <exception cref="Sides.SideException">The home or the control database cannot be used, or the server may not
    /// listen where it is to.</exception>
    public static WebApplication Build(ServerOptions options) => Build(options, static _ => { });

    /// <inheritdoc cref="Build(ServerOptions)"/>
    /// <param name="options">What starts it.</param>
    /// <param name="configure">Called last: what tests replace.</param>
    internal static WebApplication Build(ServerOptions options, Action<WebApplicationBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder();
        // What a server does is said by its options and settings alone, not by an appsettings.json that lies about.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        var services = builder.Services;
        var start = services.AddSettings(options);
        options = options with
        {
            Urls = options.Urls ?? start.Urls,
            ControlDatabase = options.ControlDatabase ?? start.ControlDatabase,
            Pipelines = options.Pipelines ?? start.Pipelines ?? Path.Combine(options.Home, "pipelines"),
            Node = options.Node ?? start.Name,
        };
        builder.WebHost.UseUrls(options.Urls.Split(';'));
        builder.AddSecurity(options.Urls, start.Security);
        builder.AddLogs();
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);
        services.AddSingleton(options.Connectors);
        services.AddSingleton(_ => TrueUpHome.Open(options.Home, options.Clock, options.ControlDatabase));
        services.AddPipelines(options);
        services.AddQueue();
        services.AddScheduling(options);
        services.AddHousekeeping();
        services.AddSyncMetrics();
        services.AddHealth();
        services.AddApi();
        configure(builder);
        var app = builder.Build();
        var node = app.Services.GetRequiredService<ServerNode>();
        app.Lifetime.ApplicationStarted.Register(() => node.Url = app.Urls.FirstOrDefault());
        app.MapMetrics();
        app.UseApi();
        app.UseSecurity();
        app.MapHealth();
        app.MapApi();
        return app;
    }
}
