using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TrueUp.Server.Security;

namespace TrueUp.Server.Tests.Api;

/// <summary>Believes the headers X-Role and X-Pipelines.</summary>
internal sealed class HeaderAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "Headers";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers["X-Role"].ToString() is not { Length: > 0 } role)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }
        var scope = Request.Headers.TryGetValue("X-Pipelines", out var names) ? names.ToString().Split(',') : null;
        var caller = new Caller($"key:{role}", role, scope?.ToHashSet());
        var principal = new ClaimsPrincipal(caller.ToIdentity(Name));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Name)));
    }
}
