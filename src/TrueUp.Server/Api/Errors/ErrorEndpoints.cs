using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Security;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Errors;

/// <summary>Errors, and marking them resolved.</summary>
internal static class ErrorEndpoints
{
    private const string List = "GET /api/v1/errors";
    private const int NoteMax = 2000;
    private const int IdsMax = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        var errors = api.MapGroup("/errors").WithTags("errors");
        errors
            .MapGet("", ListAsync)
            .Is("list_errors", "Errors, newest first.", Roles.Viewer)
            .WithDescription("Viewers get neither the record's key nor the stack trace, and cannot filter by key.");
        errors.MapGet("/{id:long}", GetAsync).Is("get_error", "An error.", Roles.Viewer, [404]);
        errors
            .MapPost("/{id:long}/resolve", ResolveAsync)
            .Is("resolve_error", "Marks an error resolved.", Roles.Operator, [404, 409])
            .TakesBody();
        errors
            .MapPost("/resolve", ResolveAllAsync)
            .Is("resolve_errors", "Marks several errors resolved.", Roles.Operator)
            .TakesBody();
    }

    private static async Task<Results<Ok<Page<ErrorBody>>, ProblemHttpResult>> ListAsync(
        string? pipeline,
        [FromQuery(Name = "run_id")] string? runId,
        string? unit,
        [FromQuery(Name = "error_type")] Choice<ErrorType>? errorType,
        Choice<Severity>? severity,
        string? key,
        bool? resolved,
        Moment? from,
        Moment? to,
        Limit? limit,
        AfterNumber? after,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        if (key is not null && !caller.Is(Roles.Operator))
        {
            return Problems.Of(
                StatusCodes.Status403Forbidden,
                "forbidden",
                "Only operators may look for keys of records.",
                "Leave the parameter key out."
            );
        }
        var query = new ErrorQuery
        {
            Pipeline = pipeline,
            Among = caller.Pipelines,
            RunId = runId,
            Unit = unit,
            Type = errorType?.Value,
            Severity = severity?.Value,
            Key = key,
            Resolved = resolved,
            From = from?.Value,
            To = to?.Value,
            Limit = Limit.Of(limit),
            After = AfterNumber.Text(after),
        };
        return TypedResults.Ok(ErrorBody.Page(await home.Errors.ListAsync(query, cancellationToken), caller));
    }

    private static async Task<Results<Ok<ErrorBody>, ProblemHttpResult>> GetAsync(
        long id,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(home, id, caller, cancellationToken) is { } error
            ? TypedResults.Ok(ErrorBody.Of(error, caller))
            : Problems.NotFound("error", List);

    private static async Task<Results<Ok<ErrorBody>, ProblemHttpResult>> ResolveAsync(
        long id,
        ResolveBody body,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<Finding>();
        findings.CheckRequired("$.note", body.Note, NoteMax);
        if (findings.Count > 0)
        {
            return Problems.BadRequest(findings);
        }
        if (await FindAsync(home, id, caller, cancellationToken) is null)
        {
            return Problems.NotFound("error", List);
        }
        var isResolved = await home.Errors.ResolveAsync(id, body.Note, caller.Name, cancellationToken);
        var error = (await home.Errors.FindAsync(id, cancellationToken))!;
        // Whoever sends the same again gets the same answer.
        return isResolved || (error.ResolvedBy == caller.Name && error.ResolutionNotes == Redaction.Clean(body.Note))
            ? TypedResults.Ok(ErrorBody.Of(error, caller))
            : Problems.Conflict(
                "already_resolved",
                $"The error was resolved by {error.ResolvedBy} already.",
                $"See GET /api/v1/errors/{id} for what they noted."
            );
    }

    private static async Task<Results<Ok<BulkResolvedBody>, ProblemHttpResult>> ResolveAllAsync(
        BulkResolveBody body,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<Finding>();
        findings.CheckRequired("$.note", body.Note, NoteMax);
        if (body.Ids.Count is 0 or > IdsMax)
        {
            findings.Add(
                new Finding("bad_value", $"$.ids has {body.Ids.Count} numbers.", $"Give 1 to {IdsMax}.")
                {
                    Path = "$.ids",
                }
            );
        }
        if (findings.Count > 0)
        {
            return Problems.BadRequest(findings);
        }
        var (resolved, before, unknown) = (new List<long>(), new List<long>(), new List<long>());
        foreach (var id in body.Ids.Distinct())
        {
            var list =
                await FindAsync(home, id, caller, cancellationToken) is null ? unknown
                : await home.Errors.ResolveAsync(id, body.Note, caller.Name, cancellationToken) ? resolved
                : before;
            list.Add(id);
        }
        return TypedResults.Ok(new BulkResolvedBody(resolved, before, unknown));
    }

    private static async ValueTask<ErrorEntry?> FindAsync(
        TrueUpHome home,
        long id,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        await home.Errors.FindAsync(id, cancellationToken) is { } error && caller.MaySee(error.Pipeline) ? error : null;
}
