using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Api;
using TrueUp.Server.Pipelines;
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
    /// <exception cref="Sides.SideException">The home or the control database cannot be used.</exception>
    public static WebApplication Build(ServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Urls ?? "http://127.0.0.1:8080");
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);
        services.AddSingleton(options.Connectors);
        services.AddSingleton(_ => TrueUpHome.Open(options.Home, options.Clock));
        services.AddSingleton(_ => new SettingsBoard(new ServerSettings()));
        services.AddSingleton<PipelineCatalog>();
        services.AddApi();
        var app = builder.Build();
        app.UseApi();
        app.MapApi();
        return app;
    }
}
