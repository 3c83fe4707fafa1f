using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Api.Pipelines;
using TrueUp.Server.Security;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Units;

/// <summary><c>GET /units</c>.</summary>
internal static class UnitEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units", ListAsync)
            .WithTags("units")
            .Is("list_units", "How each unit of a pipeline did last, by name.", Roles.Viewer, [404]);

    private static async Task<Results<Ok<Page<UnitStatus>>, ProblemHttpResult>> ListAsync(
        string pipeline,
        Limit? limit,
        string? after,
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) =>
        await book.ExistsAsync(pipeline, caller, cancellationToken)
            ? TypedResults.Ok(await home.Units.LatestAsync(pipeline, Limit.Of(limit), after, cancellationToken))
            : Problems.NotFound("pipeline", "GET /api/v1/pipelines");
}
