using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TrueUp.Server.Security.Requests;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Access;

namespace TrueUp.Server.Security;

/// <summary>Callers with <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TrueUpHome home,
    Guessing guessing,
    TimeProvider clock
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string Name = "key";

    private const string Start = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }
        var address = LockOut.AddressOf(Context.Connection.RemoteIpAddress);
        if (guessing.Keys.Remaining(address) is { } remaining)
        {
            return Refuse(Refusal.LockedOut(remaining));
        }
        try
        {
            return await CheckAsync(header.Count == 1 ? header[0] : null, address);
        }
        catch (SideException error)
        {
            return Refuse(Refusal.Away(error));
        }
    }

    /// <summary>Everybody who is refused is told the same way.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        (Refusal.Of(Context) ?? Refusal.Unauthenticated).WriteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Refusal.Forbidden.WriteAsync(Context);

    private async Task<AuthenticateResult> CheckAsync(string? header, string address)
    {
        var text =
            header is not null && header.StartsWith(Start, StringComparison.OrdinalIgnoreCase)
                ? header[Start.Length..].Trim()
                : "";
        var key = await home.ApiKeys.FindAsync(text, Context.RequestAborted);
        if (key is null)
        {
            guessing.Keys.Failed(address);
            return Refuse(Refusal.InvalidKey);
        }
        // Whoever has the right text does not guess, even if the key is of no use any more.
        guessing.Keys.Succeeded(address);
        if (!key.IsUsableAt(clock.GetUtcNow()))
        {
            return Refuse(key.RevokedAt is null ? Refusal.ExpiredKey : Refusal.RevokedKey);
        }
        home.ApiKeys.Used(key);
        var caller = new Caller(
            $"key:{key.Name}",
            Roles.Of(key.Role),
            key.Pipelines?.ToHashSet(StringComparer.Ordinal)
        );
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(caller.ToIdentity(Name)), Name));
    }

    private AuthenticateResult Refuse(Refusal refusal)
    {
        refusal.Keep(Context);
        return AuthenticateResult.Fail(refusal.Code);
    }
}
