using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Security;
using TrueUp.Server.Settings;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Pipelines;

/// <summary><c>GET /pipelines/{name}/timeline</c>.</summary>
internal static class TimelineEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/pipelines/{name}/timeline", GetAsync)
            .WithTags("pipelines")
            .Is("get_pipeline_timeline", "What happened to a pipeline, newest first.", Roles.Viewer, [404])
            .WithDescription(
                "Runs, errors, requests for runs, the pause it is in, and changes of its file or interval. Viewers get no"
                    + " error messages, and only administrators notes on changes."
            );

    private static async Task<Results<Ok<Page<TimelineEntry>>, ProblemHttpResult>> GetAsync(
        string name,
        Limit? limit,
        AfterEntry? after,
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
        var count = Limit.Of(limit);
        var found = await home.Timeline.ListAsync(
            name,
            [PipelineHistory.KeyOf(name), SettingValues.IntervalOf(name)],
            after?.Entry,
            count + 1,
            cancellationToken
        );
        var next = found.Count > count ? new AfterEntry(found[count - 1]).Text : null;
        return TypedResults.Ok(
            new Page<TimelineEntry>([.. found.Take(count).Select(entry => Redacted(entry, caller))], next)
        );
    }

    // Messages of errors may name a record's key, which is not known here; configuration is administrators' matter.
    private static TimelineEntry Redacted(TimelineEntry entry, Caller caller) =>
        entry with
        {
            Status = entry.Status?.ToUpperInvariant(),
            Message = entry.Kind switch
            {
                "error" when !caller.Is(Roles.Operator) => null,
                "config" when !caller.Is(Roles.Admin) => null,
                _ => entry.Message,
            },
        };
}
