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

namespace TrueUp.Server.Api.Pipelines;

/// <summary>What operators do with pipelines: pause, resume, trigger, one or many.</summary>
internal static class PipelineActionEndpoints
{
    private const int NamesMax = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        var pipelines = api.MapGroup("/pipelines").WithTags("pipelines");
        pipelines
            .MapPost("/{name}/pause", PauseAsync)
            .Is("pause_pipeline", "Lets nothing of a pipeline begin.", Roles.Operator, [404])
            .TakesBody()
            .WithDescription("What runs goes on to its end; what waits goes on waiting.");
        pipelines
            .MapPost("/{name}/resume", ResumeAsync)
            .Is("resume_pipeline", "Lets a paused pipeline go on.", Roles.Operator, [404]);
        pipelines
            .MapPost("/{name}/trigger", TriggerAsync)
            .Is("trigger_pipeline", "Runs a pipeline; see manual_trigger.", Roles.Operator, [404, 409, 422])
            .TakesBody();
        pipelines
            .MapPost("/bulk", BulkAsync)
            .Is("bulk_pipelines", "Triggers, pauses or resumes several pipelines.", Roles.Operator)
            .TakesBody()
            .WithDescription("Each is done or not by itself: the answer says which.");
    }

    private static async Task<Results<Ok<PipelineBody>, ProblemHttpResult>> PauseAsync(
        string name,
        PauseBody body,
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<Finding>();
        findings.Check("$.note", body.Note, RunRequests.ReasonMax);
        if (findings.Count > 0)
        {
            return Problems.BadRequest(findings);
        }
        if (!await book.ExistsAsync(name, caller, cancellationToken))
        {
            return Problems.NotFound("pipeline", PipelineEndpoints.List);
        }
        await home.Pipelines.PauseAsync(name, caller.Name, body.Note, cancellationToken);
        return TypedResults.Ok(await PipelineLister.OneAsync(name, book, home, cancellationToken));
    }

    private static async Task<Results<Ok<PipelineBody>, ProblemHttpResult>> ResumeAsync(
        string name,
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        if (!await book.ExistsAsync(name, caller, cancellationToken))
        {
            return Problems.NotFound("pipeline", PipelineEndpoints.List);
        }
        await home.Pipelines.ResumeAsync(name, cancellationToken);
        return TypedResults.Ok(await PipelineLister.OneAsync(name, book, home, cancellationToken));
    }

    private static async Task<Results<Accepted<JobBody>, ProblemHttpResult>> TriggerAsync(
        string name,
        RunRequestBody body,
        [FromHeader(Name = TriggerEndpoint.KeyHeader)] string? idempotencyKey,
        Caller caller,
        RunRequests requests,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        TriggerEndpoint.Answer(await requests.AskAsync(name, body, idempotencyKey, caller, cancellationToken), context);

    private static async Task<Results<Ok<BulkResultsBody>, ProblemHttpResult>> BulkAsync(
        BulkBody body,
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        RunRequests requests,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<Finding>();
        findings.Check("$.reason", body.Reason, RunRequests.ReasonMax);
        if (body.Names.Count is 0 or > NamesMax)
        {
            findings.Add(
                new Finding("bad_value", $"$.names has {body.Names.Count} names.", $"Give 1 to {NamesMax}.")
                {
                    Path = "$.names",
                }
            );
        }
        if (findings.Count > 0)
        {
            return Problems.BadRequest(findings);
        }
        var results = new List<BulkResultBody>();
        foreach (var name in body.Names.Distinct(StringComparer.Ordinal))
        {
            results.Add(await OneAsync(name, body, caller, book, home, requests, cancellationToken));
        }
        return TypedResults.Ok(new BulkResultsBody(results));
    }

    private static async ValueTask<BulkResultBody> OneAsync(
        string name,
        BulkBody body,
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        RunRequests requests,
        CancellationToken cancellationToken
    )
    {
        if (body.Action == BulkAction.Trigger)
        {
            var request = new RunRequestBody { Reason = body.Reason };
            var (job, problem, _) = await requests.AskAsync(name, request, null, caller, cancellationToken);
            var details = problem?.ProblemDetails;
            return new BulkResultBody(
                name,
                job is not null,
                details?.Extensions["code"] as string,
                details?.Detail,
                job?.SyncJobId
            );
        }
        if (name is null || !await book.ExistsAsync(name, caller, cancellationToken))
        {
            return new BulkResultBody(name ?? "", false, "not_found", "There is no such pipeline.", null);
        }
        await (
            body.Action == BulkAction.Pause
                ? home.Pipelines.PauseAsync(name, caller.Name, body.Reason, cancellationToken)
                : home.Pipelines.ResumeAsync(name, cancellationToken)
        );
        return new BulkResultBody(name, true, null, null, null);
    }
}
