using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace TrueUp.Server.Security.Requests;

/// <summary>
/// Refuses changes by cookie that a page of somebody else could have sent: another site cannot set a header of its own
/// without being asked first, and this server lets no other site do so (it has no CORS).
/// </summary>
internal static class CrossSiteGuard
{
    /// <summary>The header, whose value is 1.</summary>
    public const string Header = "X-TrueUp-Request";

    /// <summary>Whether requests of this method change nothing.</summary>
    public static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>Stands between authentication and authorization.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var isByCookie = context.User.Identity?.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme;
        return IsSafe(context.Request.Method) || !isByCookie || context.Request.Headers[Header] == "1"
            ? next(context)
            : Refusal.CrossSite.WriteAsync(context);
    }
}
