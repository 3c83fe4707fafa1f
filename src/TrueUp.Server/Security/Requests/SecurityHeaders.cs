using Microsoft.AspNetCore.Http;

namespace TrueUp.Server.Security.Requests;

/// <summary>Tells browsers what not to do with what they get.</summary>
internal static class SecurityHeaders
{
    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    // The dashboard's components set style attributes; scripts come from the server alone, none is inline.
    private const string PagePolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        + "frame-ancestors 'none'";

    private static readonly string[] DataPaths = ["/api", "/health", "/metrics", "/openapi"];

    /// <summary>Stands before everything that answers.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        // Whoever answers an error takes back the headers there are: these are put on at the last moment.
        context.Response.OnStarting(
            static state =>
            {
                Set((HttpContext)state);
                return Task.CompletedTask;
            },
            context
        );
        return next(context);
    }

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        var isData = Array.Exists(DataPaths, path => context.Request.Path.StartsWithSegments(path));
        headers.ContentSecurityPolicy = isData ? DataPolicy : PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (isData)
        {
            headers.CacheControl = "no-store";
        }
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }
}
