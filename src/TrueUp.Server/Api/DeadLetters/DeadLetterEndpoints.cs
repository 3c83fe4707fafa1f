using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TrueUp.Pipelines;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Api.Jobs;
using TrueUp.Server.Security;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.DeadLetters;

/// <summary>Records that could not be synchronised: the user's data, so for operators.</summary>
internal static class DeadLetterEndpoints
{
    private const string List = "GET /api/v1/dead-letters";
    private const int ReasonMax = 2000;

    public static void Map(RouteGroupBuilder api)
    {
        var letters = api.MapGroup("/dead-letters").WithTags("dead letters");
        letters.MapGet("", ListAsync).Is("list_dead_letters", "Dead letters, newest first.", Roles.Operator);
        letters
            .MapGet("/{id:long}", GetAsync)
            .Is("get_dead_letter", "A dead letter with its record.", Roles.Operator, [404]);
        letters
            .MapPost("/{id:long}/discard", DiscardAsync)
            .Is("discard_dead_letter", "Gives a dead letter up.", Roles.Operator, [404, 409])
            .TakesBody()
            .WithDescription("It stays discarded until its record changes.");
        letters
            .MapPost("/retry", RetryAsync)
            .Is("retry_dead_letters", "Tries the dead letters of a pipeline again.", Roles.Operator, [404, 409, 422])
            .TakesBody()
            .WithDescription("Every run tries the letters that are pending: this asks for one.");
    }

    private static async Task<Ok<Page<LetterBody>>> ListAsync(
        string? pipeline,
        string? unit,
        string? key,
        Choice<LetterState>? state,
        string? issue,
        Moment? from,
        Moment? to,
        Limit? limit,
        AfterNumber? after,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var query = new DeadLetterQuery
        {
            Pipeline = pipeline,
            Among = caller.Pipelines,
            Unit = unit,
            Key = key,
            State = state?.Value,
            Issue = issue,
            From = from?.Value,
            To = to?.Value,
            Limit = Limit.Of(limit),
            After = AfterNumber.Text(after),
        };
        var page = await home.DeadLetters.ListAsync(query, cancellationToken);
        return TypedResults.Ok(new Page<LetterBody>([.. page.Items.Select(LetterBody.Of)], page.Next));
    }

    private static async Task<Results<Ok<LetterBody>, ProblemHttpResult>> GetAsync(
        long id,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(home, id, caller, cancellationToken) is { } letter
            ? TypedResults.Ok(LetterBody.Of(letter))
            : Problems.NotFound("dead letter", List);

    private static async Task<Results<Ok<LetterBody>, ProblemHttpResult>> DiscardAsync(
        long id,
        DiscardBody body,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<Finding>();
        findings.CheckRequired("$.reason", body.Reason, ReasonMax);
        if (findings.Count > 0)
        {
            return Problems.BadRequest(findings);
        }
        if (await FindAsync(home, id, caller, cancellationToken) is null)
        {
            return Problems.NotFound("dead letter", List);
        }
        var isDiscarded = await home.DeadLetters.DiscardAsync(id, body.Reason, caller.Name, cancellationToken);
        var letter = (await home.DeadLetters.FindAsync(id, cancellationToken))!;
        return isDiscarded
            ? TypedResults.Ok(LetterBody.Of(letter))
            : Problems.Conflict(
                "already_settled",
                $"The dead letter is {letter.State.ToString().ToLowerInvariant()} already.",
                $"See GET /api/v1/dead-letters/{id}."
            );
    }

    private static async Task<Results<Accepted<JobBody>, ProblemHttpResult>> RetryAsync(
        RetryBody body,
        [FromHeader(Name = TriggerEndpoint.KeyHeader)] string? idempotencyKey,
        Caller caller,
        RunRequests requests,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var request = new RunRequestBody { Reason = "retry of dead letters" };
        var answer = await requests.AskAsync(body.Pipeline, request, idempotencyKey, caller, cancellationToken);
        return TriggerEndpoint.Answer(answer, context);
    }

    private static async ValueTask<DeadLetterEntry?> FindAsync(
        TrueUpHome home,
        long id,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        await home.DeadLetters.FindAsync(id, cancellationToken) is { } letter && caller.MaySee(letter.Pipeline)
            ? letter
            : null;
}
