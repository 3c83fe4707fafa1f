using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Security;
using TrueUp.Server.Security.Requests;
using TrueUp.Store;
using TrueUp.Store.Access;

namespace TrueUp.Server.Api.Access;

/// <summary><c>/api/v1/keys</c>: the keys of programs, for administrators.</summary>
internal static class KeyEndpoints
{
    private const int LimitDefault = 100;

    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").RequireAuthorization(Roles.Admin).WithTags("keys");
        keys.MapGet("/", ListAsync).WithName("list_keys").WithSummary("The keys, without what it takes to use them.");
        keys.MapPost("/", CreateAsync).WithName("create_key").WithSummary("Makes a key; its text is shown only now.");
        keys.MapPost("/{id}/rotate", RotateAsync)
            .WithName("rotate_key")
            .WithSummary("Makes a key that takes the place of this one, which stays valid for a while.");
        keys.MapDelete("/{id}", RevokeAsync).WithName("revoke_key").WithSummary("Refuses a key from now on.");
    }

    private static async Task<IResult> ListAsync(
        TrueUpHome home,
        TimeProvider clock,
        CancellationToken cancellationToken,
        string? after = null,
        int limit = LimitDefault
    )
    {
        if (limit is < 1 or > KeyStore.LimitMax)
        {
            return AccessProblems.Limit(KeyStore.LimitMax);
        }
        var page = await home.ApiKeys.ListAsync(after, limit, cancellationToken);
        return TypedResults.Ok(
            new KeyList([.. page.Items.Select(key => KeyBody.Of(key, clock.GetUtcNow()))], page.Next)
        );
    }

    private static async Task<IResult> CreateAsync(
        NewKeyBody body,
        Caller caller,
        HttpContext context,
        TrueUpHome home,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (body.Check() is { } problem)
        {
            return problem;
        }
        var change = await home.ApiKeys.CreateAsync(body.ToRequest(caller.Name, clock.GetUtcNow()), cancellationToken);
        return Answer(change, context, clock);
    }

    private static async Task<IResult> RotateAsync(
        string id,
        RotateKeyBody? body,
        Caller caller,
        HttpContext context,
        TrueUpHome home,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var grace = TimeSpan.FromMinutes(body?.GraceMinutes ?? RotateKeyBody.GraceMinutesDefault);
        if (grace < TimeSpan.Zero || grace > KeyStore.GraceMax)
        {
            return AccessProblems.Invalid(
                "grace_minutes",
                $"grace_minutes is from 0 to {KeyStore.GraceMax.TotalMinutes:0}."
            );
        }
        return Answer(await home.ApiKeys.RotateAsync(id, grace, caller.Name, cancellationToken), context, clock, id);
    }

    private static async Task<IResult> RevokeAsync(
        string id,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var outcome = await home.ApiKeys.RevokeAsync(id, caller.Name, cancellationToken);
        return outcome == AccessOutcome.Done ? TypedResults.NoContent() : AccessProblems.Of(outcome, "key");
    }

    private static IResult Answer(KeyChange change, HttpContext context, TimeProvider clock, string replaces = "")
    {
        if (change.Issued is not { } issued)
        {
            return AccessProblems.Of(change.Outcome, "key");
        }
        context.Describe(
            issued.Key.Id,
            ("name", issued.Key.Name),
            ("role", Roles.Of(issued.Key.Role)),
            ("prefix", issued.Key.Prefix),
            ("replaces", replaces)
        );
        return TypedResults.Created(
            $"/api/v1/keys/{issued.Key.Id}",
            new IssuedKeyBody(issued.Text, KeyBody.Of(issued.Key, clock.GetUtcNow()))
        );
    }
}
