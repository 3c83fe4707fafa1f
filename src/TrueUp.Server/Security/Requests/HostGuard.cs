using System.Net;
using Microsoft.AspNetCore.Http;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Security.Requests;

/// <summary>
/// Refuses requests that call the server by a name that is not its own: a page of somebody else can make its own name
/// lead here (DNS rebinding), but it cannot have an address for a name.
/// </summary>
internal sealed class HostGuard(BoundAddresses addresses, SecuritySettings security) : IMiddleware
{
    /// <inheritdoc />
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        IsAllowed(context.Request.Host.Host) ? next(context) : Refusal.UnknownHost.WriteAsync(context);

    private bool IsAllowed(string host) =>
        IPAddress.TryParse(host, out _)
        || Is(host, "localhost")
        || Is(host, Environment.MachineName)
        || addresses.All.Any(address => Is(host, address.Host))
        || security.AllowedHosts.Any(allowed => Is(host, allowed));

    private static bool Is(string host, string name) =>
        host.Length > 0 && host.Equals(name, StringComparison.OrdinalIgnoreCase);
}
