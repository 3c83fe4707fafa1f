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

/// <summary><c>/api/v1/users</c>: the people who may use the dashboard, for administrators.</summary>
internal static class UserEndpoints
{
    private static readonly string PasswordRule =
        $"A password has {Passwords.LengthMin} to {Passwords.LengthMax} characters and is not the name.";

    public static void Map(RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("users");
        users.MapGet("/", ListAsync).Is("list_users", "Everybody who may use the dashboard.", Roles.Admin);
        users
            .MapPost("/", CreateAsync)
            .RequireRateLimiting(RequestRates.Passwords)
            .Is("create_user", "Adds somebody.", Roles.Admin, [409, 429])
            .TakesBody();
        users
            .MapPut("/{name}", ChangeAsync)
            .RequireRateLimiting(RequestRates.Passwords)
            .Is(
                "change_user",
                "Changes somebody's role or password, or whether they may log in; ends their sessions.",
                Roles.Admin,
                [404, 409, 429]
            )
            .TakesBody();
        users.MapDelete("/{name}", DeleteAsync).Is("delete_user", "Takes somebody out.", Roles.Admin, [404, 409]);
    }

    private static async Task<Ok<UserList>> ListAsync(TrueUpHome home, CancellationToken cancellationToken)
    {
        var users = await home.Users.ListAsync(cancellationToken);
        return TypedResults.Ok(new UserList([.. users.Select(UserBody.Of)]));
    }

    private static async Task<Results<Created<UserBody>, ProblemHttpResult>> CreateAsync(
        NewUserBody body,
        Caller caller,
        HttpContext context,
        TrueUpHome home,
        Passwords passwords,
        CancellationToken cancellationToken
    )
    {
        if (!AccessNames.IsValid(body.Name))
        {
            return AccessProblems.Invalid("name", AccessNames.Rule);
        }
        if (AccessNames.RoleOf(body.Role) is not { } role)
        {
            return AccessProblems.Invalid("role", AccessNames.RoleRule);
        }
        if (!IsPassword(body.Password, body.Name!))
        {
            return AccessProblems.Invalid("password", PasswordRule);
        }
        var hash = passwords.Hash(body.Password!);
        var outcome = await home.Users.CreateAsync(body.Name!, role, hash, caller.Name, cancellationToken);
        context.Describe(body.Name!, ("role", Roles.Of(role)));
        return outcome == AccessOutcome.Done
            ? TypedResults.Created($"/api/v1/users/{body.Name}", await FindAsync(body.Name!, home, cancellationToken))
            : AccessProblems.Of(outcome, "user");
    }

    private static async Task<Results<Ok<UserBody>, ProblemHttpResult>> ChangeAsync(
        string name,
        UserChangeBody body,
        HttpContext context,
        TrueUpHome home,
        Passwords passwords,
        CancellationToken cancellationToken
    )
    {
        var role = AccessNames.RoleOf(body.Role);
        if (body.Role is not null && role is null)
        {
            return AccessProblems.Invalid("role", AccessNames.RoleRule);
        }
        if (body.Password is not null && !IsPassword(body.Password, name))
        {
            return AccessProblems.Invalid("password", PasswordRule);
        }
        var hash = body.Password is null ? null : passwords.Hash(body.Password);
        context.Describe(
            name,
            ("role", body.Role ?? "as it was"),
            ("password", hash is null ? "as it was" : "changed"),
            ("disabled", body.Disabled?.ToString().ToLowerInvariant() ?? "as it was")
        );
        var outcome = await home.Users.ChangeAsync(name, new UserChange(role, hash, body.Disabled), cancellationToken);
        return outcome == AccessOutcome.Done
            ? TypedResults.Ok(await FindAsync(name, home, cancellationToken))
            : AccessProblems.Of(outcome, "user");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name,
        HttpContext context,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        context.Describe(name);
        var outcome = await home.Users.DeleteAsync(name, cancellationToken);
        return outcome == AccessOutcome.Done ? TypedResults.NoContent() : AccessProblems.Of(outcome, "user");
    }

    private static bool IsPassword(string? password, string name) =>
        password is { Length: >= Passwords.LengthMin and <= Passwords.LengthMax }
        && !password.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when somebody else took them out in between.</summary>
    private static async Task<UserBody?> FindAsync(string name, TrueUpHome home, CancellationToken cancellationToken) =>
        await home.Users.FindAsync(name, cancellationToken) is { } login ? UserBody.Of(login.User) : null;
}
