using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Security;

namespace TrueUp.Server.Api.Jobs;

/// <summary><c>GET /queue</c>.</summary>
internal static class QueueEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/queue", GetAsync)
            .WithTags("jobs")
            .Is("get_queue", "What runs and what waits, in order, and for what it waits.", Roles.Viewer);

    private static async Task<Ok<QueueBody>> GetAsync(
        Caller caller,
        QueuePictures queue,
        CancellationToken cancellationToken
    )
    {
        var picture = await queue.TakeAsync(cancellationToken);
        return TypedResults.Ok(
            new QueueBody(
                picture.Places,
                [
                    .. picture
                        .Running.Where(job => caller.MaySee(job.Pipeline))
                        .Select(job => JobBody.Of(job, picture.CompletionOf(job))),
                ],
                [
                    .. picture
                        .Waiting.Select(
                            (job, index) =>
                                new QueueEntryBody(
                                    index + 1,
                                    picture.ReasonOf(job),
                                    JobBody.Of(job, picture.CompletionOf(job))
                                )
                        )
                        .Where(entry => caller.MaySee(entry.Job.EntityType)),
                ]
            )
        );
    }
}
