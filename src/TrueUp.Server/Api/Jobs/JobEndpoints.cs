using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Security;
using TrueUp.Store;
using TrueUp.Store.Jobs;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Jobs;

/// <summary>Jobs: their list, status, progress, and the end of one.</summary>
internal static class JobEndpoints
{
    private const string List = "GET /api/v1/sync-admin/jobs";

    public static void Map(RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/sync-admin/jobs").WithTags("jobs");
        jobs.MapGet("", ListAsync).Is("list_jobs", "Jobs, newest first.", Roles.Viewer);
        jobs.MapGet("/{id}", GetAsync).Is("get_job", "A job and how it stands.", Roles.Viewer, [404]);
        jobs.MapGet("/{id}/progress", ProgressAsync).Is("get_job_progress", "How far a job is.", Roles.Viewer, [404]);
        jobs.MapGet("/{id}/progress/stream", StreamAsync)
            .Is("stream_job_progress", "How far a job is, as it changes.", Roles.Viewer, [404, 429])
            .Produces<ProgressEvent>(StatusCodes.Status200OK, "text/event-stream")
            .WithDescription(
                "Server-sent events: progress with the job's status and progress whenever they change, end with the"
                    + " last one, after which the stream closes. A comment every 15 seconds keeps the connection open."
            );
        jobs.MapPost("/{id}/cancel", CancelAsync)
            .Is("cancel_job", "Cancels a job.", Roles.Operator, [404, 409])
            .WithDescription(
                "A waiting job is cancelled at once, a running one at the next safe point: watch its status."
            );
    }

    private static async Task<Ok<Page<JobBody>>> ListAsync(
        string? pipeline,
        Choice<JobState>? status,
        string? node,
        Limit? limit,
        After? after,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var page = await home.Queue.ListAsync(
            new JobQuery
            {
                Pipeline = pipeline,
                Among = caller.Pipelines,
                State = status?.Value,
                NodeId = node,
                Limit = Limit.Of(limit),
                After = after?.Value,
            },
            cancellationToken
        );
        return TypedResults.Ok(new Page<JobBody>([.. page.Items.Select(job => JobBody.Of(job, null))], page.Next));
    }

    private static async Task<Results<Ok<JobBody>, ProblemHttpResult>> GetAsync(
        string id,
        Caller caller,
        TrueUpHome home,
        QueuePictures queue,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(home, id, caller, cancellationToken) is not { } job)
        {
            return Problems.NotFound("job", List);
        }
        var picture = await queue.TakeAsync(cancellationToken);
        return TypedResults.Ok(JobBody.Of(job, picture.CompletionOf(job)));
    }

    private static async Task<Results<Ok<ProgressEvent>, ProblemHttpResult>> ProgressAsync(
        string id,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(home, id, caller, cancellationToken) is { } job
            ? TypedResults.Ok(ProgressEvent.Of(job))
            : Problems.NotFound("job", List);

    private static async Task<Results<ProgressStream, ProblemHttpResult>> StreamAsync(
        string id,
        Caller caller,
        TrueUpHome home,
        StreamLimit limit,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(home, id, caller, cancellationToken) is not { } job)
        {
            return Problems.NotFound("job", List);
        }
        return limit.TryEnter()
            ? new ProgressStream(job)
            : Problems.Of(
                StatusCodes.Status429TooManyRequests,
                "too_many_streams",
                $"There are {StreamLimit.Max} streams open already.",
                "Close one, or ask for /progress every few seconds."
            );
    }

    private static async Task<Results<Accepted<JobBody>, ProblemHttpResult>> CancelAsync(
        string id,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(home, id, caller, cancellationToken) is null)
        {
            return Problems.NotFound("job", List);
        }
        var job = (await home.Queue.CancelAsync(id, caller.Name, cancellationToken))!;
        return job.State is JobState.Completed or JobState.Failed
            ? Problems.Of(
                StatusCodes.Status409Conflict,
                "job_ended",
                "The job has ended: there is nothing to cancel.",
                "See its run for what it did; undo the run if that is what you want.",
                more: new Dictionary<string, object?> { ["job"] = JobBody.Of(job, null) }
            )
            : TypedResults.Accepted($"/api/v1/sync-admin/jobs/{job.Id}", JobBody.Of(job, null));
    }

    private static async ValueTask<Job?> FindAsync(
        TrueUpHome home,
        string id,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        After.IsId(id) && await home.Queue.FindAsync(id, cancellationToken) is { } job && caller.MaySee(job.Pipeline)
            ? job
            : null;
}
