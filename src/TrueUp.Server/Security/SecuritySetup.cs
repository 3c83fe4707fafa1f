using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Security.Requests;
using TrueUp.Server.Settings;
using TrueUp.Store;

namespace TrueUp.Server.Security;

/// <summary>Who may do what: adds the services, and the order in which a request is looked at.</summary>
internal static class SecuritySetup
{
    private const string Either = "either";

    /// <summary>Listens where the rules allow it, within limits.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="urls">Where to listen, separated by <c>;</c>.</param>
    /// <param name="security">What is set up.</param>
    /// <exception cref="Sides.SideException"><c>bind_refused</c>, <c>bind_invalid</c> or
    /// <c>tls_invalid</c>.</exception>
    public static void AddSecurity(this WebApplicationBuilder builder, string urls, SecuritySettings security)
    {
        var addresses = new BoundAddresses(BindingRules.Check(urls, security));
        KestrelSetup.Configure(builder.WebHost, security);
        var services = builder.Services;
        services.AddSingleton(security);
        services.AddSingleton(addresses);
        services.AddSingleton<HostGuard>();
        services.AddSingleton<BodyLimit>();
        services.AddSingleton<DenialRecorder>();
        services.AddSingleton<Guessing>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<BootstrapKey>();
        services.AddSingleton<IAuthorizationHandler, MetricsHandler>();
        services.AddAuthorization(Policies.Add);
        services.AddRateLimiter(static _ => { });
        services.AddOptions<RateLimiterOptions>().Configure<SettingsBoard>(RequestRates.Configure);
        AddSchemes(services);
    }

    /// <summary>What every request goes through before an endpoint sees it.</summary>
    public static void UseSecurity(this WebApplication app)
    {
        var security = app.Services.GetRequiredService<SecuritySettings>();
        if (security.BehindProxy)
        {
            app.UseForwardedHeaders(Forwarded(security));
        }
        app.Use(SecurityHeaders.InvokeAsync);
        app.UseMiddleware<BodyLimit>();
        app.UseMiddleware<HostGuard>();
        app.UseMiddleware<DenialRecorder>();
        app.UseRouting();
        app.UseAuthentication();
        app.Use(CrossSiteGuard.InvokeAsync);
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    private static void AddSchemes(IServiceCollection services)
    {
        services
            .AddAuthentication(Either)
            .AddPolicyScheme(
                Either,
                null,
                options =>
                {
                    options.ForwardDefaultSelector = SchemeOf;
                    // One place says to everybody what they lack.
                    options.ForwardChallenge = KeyAuthentication.Name;
                    options.ForwardForbid = KeyAuthentication.Name;
                }
            )
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Name, null)
            .AddCookie();
        services
            .AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<SecuritySettings, TimeProvider>(Sessions.Configure);
        // The name ties cookies to this program, not to the folder a server happens to be installed in.
        services.AddDataProtection().SetApplicationName("trueup");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<TrueUpHome>(
                (options, home) => options.XmlRepository = new SessionKeyFiles(Path.Combine(home.Folder, "keys"))
            );
    }

    private static string SchemeOf(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0
            ? KeyAuthentication.Name
            : CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>Proxies are believed from the machine itself and from the addresses in the settings.</summary>
    private static ForwardedHeadersOptions Forwarded(SecuritySettings security)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many as are known: the first that is not is the client.
            ForwardLimit = null,
        };
        foreach (var proxy in security.KnownProxies)
        {
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        }
        return options;
    }
}
