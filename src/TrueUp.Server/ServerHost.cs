using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Api;
using TrueUp.Server.Pipelines;
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
        var settings = new ServerSettings();
        var urls = options.Urls ?? "http://127.0.0.1:8080";
        builder.WebHost.UseUrls(urls);
        builder.AddSecurity(urls, settings.Security);
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);
        services.AddSingleton(options.Connectors);
        services.AddSingleton(_ => TrueUpHome.Open(options.Home, options.Clock));
        services.AddSingleton(_ => new SettingsBoard(settings));
        services.AddSingleton<PipelineCatalog>();
        services.AddApi();
        configure(builder);
        var app = builder.Build();
        app.UseSecurity();
        app.MapApi();
        return app;
    }
}
