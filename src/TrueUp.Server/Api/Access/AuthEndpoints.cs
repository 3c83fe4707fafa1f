using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Security;
using TrueUp.Server.Security.Requests;
using TrueUp.Store;
using TrueUp.Store.Access;

namespace TrueUp.Server.Api.Access;

/// <summary><c>/api/v1/auth</c>: the sessions of people.</summary>
internal static class AuthEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("auth");
        auth.MapPost("/login", LogInAsync)
            .RequireRateLimiting(RequestRates.Passwords)
            .IsForAnybody("log_in", "Begins a session, kept in a cookie.", [401, 429])
            .TakesBody();
        auth.MapPost("/logout", LogOutAsync).IsForAnybody("log_out", "Ends all sessions of the user.", [403]);
        auth.MapGet("/me", (Caller caller) => TypedResults.Ok(MeBody.Of(caller)))
            .IsForAnybody("who_am_i", "Who the caller is, if anybody.");
    }

    private static async Task<Results<Ok<MeBody>, ProblemHttpResult, Refusal>> LogInAsync(
        LoginBody body,
        HttpContext context,
        TrueUpHome home,
        Guessing guessing,
        Passwords passwords,
        CancellationToken cancellationToken
    )
    {
        var name = (body.Name ?? "").ToLowerInvariant();
        if (!AccessNames.IsValid(name) || body.Password is not { Length: > 0 and <= Passwords.LengthMax })
        {
            return AccessProblems.Invalid("name", "A login takes a name and a password.");
        }
        var address = LockOut.AddressOf(context.Connection.RemoteIpAddress);
        if ((guessing.Addresses.Remaining(address) ?? guessing.Names.Enter(name)) is { } remaining)
        {
            return Refusal.LockedOut(remaining);
        }
        var login = await home.Users.FindAsync(name, cancellationToken);
        if (!passwords.Check(login, body.Password, out var newer))
        {
            guessing.Addresses.Failed(address);
            if (login is not null)
            {
                // Other names are not recorded: people type passwords into the wrong field.
                context.Describe(name);
            }
            return Refusal.WrongLogin;
        }
        guessing.Addresses.Succeeded(address);
        guessing.Names.Succeeded(name);
        await home.Users.LoggedInAsync(name, newer, cancellationToken);
        await Sessions.BeginAsync(context, login!);
        context.Describe(name);
        return TypedResults.Ok(MeBody.Of(Caller.Of(context.User)));
    }

    private static async Task<NoContent> LogOutAsync(
        HttpContext context,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        await Sessions.EndAsync(context, home, cancellationToken);
        return TypedResults.NoContent();
    }
}
