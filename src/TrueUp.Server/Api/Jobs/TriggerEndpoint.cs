using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TrueUp.Pipelines;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Security;

namespace TrueUp.Server.Api.Jobs;

/// <summary><c>POST /sync-admin/manual-trigger</c>.</summary>
internal static class TriggerEndpoint
{
    /// <summary>The header that makes it safe to send a trigger again.</summary>
    public const string KeyHeader = "Idempotency-Key";

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/sync-admin/manual-trigger", TriggerAsync)
            .WithTags("jobs")
            .Is("manual_trigger", "Runs a pipeline or one unit of it.", Roles.Operator, [404, 409, 422])
            .TakesBody()
            .WithDescription(
                "Answers with the job that covers the request: a new one, or the one that was waiting already, which"
                    + " takes the higher of the two priorities. While the pipeline runs nothing is started: 409 with"
                    + " the running job. The same Idempotency-Key gives the same job for a day."
            );

    private static async Task<Results<Accepted<JobBody>, ProblemHttpResult>> TriggerAsync(
        TriggerBody body,
        [FromHeader(Name = KeyHeader)] string? idempotencyKey,
        Caller caller,
        RunRequests requests,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (body.Unit is not null && body.TournamentNo is not null && body.Unit != body.TournamentNo)
        {
            return Problems.BadRequest([
                new Finding("bad_value", "unit and tournament_no name two things.", "Give one of them.")
                {
                    Path = "$.tournament_no",
                },
            ]);
        }
        var request = new RunRequestBody
        {
            Unit = body.Unit ?? body.TournamentNo,
            Priority = body.Priority,
            Reason = body.Reason,
            VerifyOnly = body.VerifyOnly,
        };
        var answer = await requests.AskAsync(body.EntityType, request, idempotencyKey, caller, cancellationToken);
        return Answer(answer, context);
    }

    /// <summary>202 with where to look for the job, or the problem.</summary>
    public static Results<Accepted<JobBody>, ProblemHttpResult> Answer(
        (JobBody? Job, ProblemHttpResult? Problem, bool IsReplay) answer,
        HttpContext context
    )
    {
        if (answer.Job is not { } job)
        {
            return answer.Problem!;
        }
        if (answer.IsReplay)
        {
            context.Response.Headers["Idempotent-Replayed"] = "true";
        }
        return TypedResults.Accepted($"/api/v1/sync-admin/jobs/{job.SyncJobId}", job);
    }
}
