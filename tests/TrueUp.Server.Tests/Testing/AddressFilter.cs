using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace TrueUp.Server.Tests.Testing;

/// <summary>Gives requests of the test server an address to come from, which they have none of by themselves.</summary>
internal sealed class AddressFilter : IStartupFilter
{
    /// <summary>Says from which address a request comes.</summary>
    public const string Header = "X-Test-Address";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                (context, then) =>
                {
                    var address = context.Request.Headers[Header];
                    context.Connection.RemoteIpAddress = IPAddress.Parse(
                        address.Count == 1 ? address[0]! : "192.0.2.1"
                    );
                    return then(context);
                }
            );
            next(app);
        };
}
