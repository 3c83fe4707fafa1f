using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Security;
using TrueUp.Server.Security.Requests;
using TrueUp.Store;
using TrueUp.Store.Access;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Access;

/// <summary><c>/api/v1/keys</c>: the keys of programs, for administrators.</summary>
internal static class KeyEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("keys");
        keys.MapGet("/", ListAsync).Is("list_keys", "The keys, without what it takes to use them.", Roles.Admin);
        keys.MapPost("/", CreateAsync)
            .Is("create_key", "Makes a key; its text is shown only now.", Roles.Admin, [409])
            .TakesBody();
        keys.MapPost("/{id}/rotate", RotateAsync)
            .Is(
                "rotate_key",
                "Makes a key that takes the place of this one, which stays valid for a while.",
                Roles.Admin,
                [404, 409]
            )
            .TakesBody();
        keys.MapDelete("/{id}", RevokeAsync).Is("revoke_key", "Refuses a key from now on.", Roles.Admin, [404, 409]);
    }

    private static async Task<Ok<Page<KeyBody>>> ListAsync(
        string? after,
        Limit? limit,
        TrueUpHome home,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var page = await home.ApiKeys.ListAsync(after, Limit.Of(limit), cancellationToken);
        return TypedResults.Ok(
            new Page<KeyBody>([.. page.Items.Select(key => KeyBody.Of(key, clock.GetUtcNow()))], page.Next)
        );
    }

    private static async Task<Results<Created<IssuedKeyBody>, ProblemHttpResult>> CreateAsync(
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

    private static async Task<Results<Created<IssuedKeyBody>, ProblemHttpResult>> RotateAsync(
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

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string id,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var outcome = await home.ApiKeys.RevokeAsync(id, caller.Name, cancellationToken);
        return outcome == AccessOutcome.Done ? TypedResults.NoContent() : AccessProblems.Of(outcome, "key");
    }

    private static Results<Created<IssuedKeyBody>, ProblemHttpResult> Answer(
        KeyChange change,
        HttpContext context,
        TimeProvider clock,
        string replaces = ""
    )
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
