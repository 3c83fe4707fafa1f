using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Scheduling;
using TrueUp.Server.Security;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Pipelines;

/// <summary>The pipelines and how they stand.</summary>
internal static class PipelineEndpoints
{
    /// <summary>Where pipelines are listed.</summary>
    public const string List = "GET /api/v1/pipelines";

    private const int FiresInDetails = 5;

    public static void Map(RouteGroupBuilder api)
    {
        var pipelines = api.MapGroup("/pipelines").WithTags("pipelines");
        pipelines
            .MapGet("", ListAsync)
            .Is("list_pipelines", "The pipelines and how they stand.", Roles.Viewer)
            .WithDescription("search finds a part of the name, in any case; the order is ascending by name as a rule.");
        pipelines.MapGet("/{name}", GetAsync).Is("get_pipeline", "A pipeline and its file.", Roles.Viewer, [404]);
    }

    private static async Task<Ok<Page<PipelineBody>>> ListAsync(
        string? search,
        Choice<PipelineState>? state,
        Choice<PipelineOrder>? order,
        Limit? limit,
        AfterNumber? after,
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        INextFires fires,
        CancellationToken cancellationToken
    )
    {
        var all = await PipelineLister.AllAsync(book, home, caller, cancellationToken);
        var wanted = all.Where(p => search is null || p.Name.Contains(search, StringComparison.OrdinalIgnoreCase))
            .Where(p => state is null || p.State == state.Value.Value);
        var start = (int)Math.Min(after?.Value ?? 0, int.MaxValue / 2);
        var end = start + Limit.Of(limit);
        var found = PipelineLister
            .Order(wanted, order?.Value ?? PipelineOrder.Name)
            .Skip(start)
            .Take(end - start + 1)
            .ToList();
        var next = found.Count > end - start ? end.ToString(CultureInfo.InvariantCulture) : null;
        var page = found.Take(end - start).ToList();
        var times = await fires.NextAsync([.. page.Select(p => p.Name)], 1, cancellationToken);
        return TypedResults.Ok(new Page<PipelineBody>([.. page.Select(p => At(p, fires, times))], next));
    }

    private static async Task<Results<Ok<PipelineDetailsBody>, ProblemHttpResult>> GetAsync(
        string name,
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        INextFires fires,
        CancellationToken cancellationToken
    )
    {
        if (!await book.ExistsAsync(name, caller, cancellationToken))
        {
            return Problems.NotFound("pipeline", List);
        }
        var pipeline = await PipelineLister.OneAsync(name, book, home, cancellationToken);
        var entry = book.Find(name);
        var times = await fires.NextAsync([name], FiresInDetails, cancellationToken);
        return TypedResults.Ok(
            new PipelineDetailsBody(
                At(pipeline, fires, times),
                [.. (entry?.Findings ?? []).Select(FindingBody.Of)],
                entry?.Definition?.FileHash,
                await home.DeadLetters.CountPendingAsync(name, cancellationToken)
            )
        );
    }

    // An interval that was set by configuration replaces the file's.
    private static PipelineBody At(
        PipelineBody pipeline,
        INextFires fires,
        IReadOnlyDictionary<string, IReadOnlyList<DateTimeOffset>> times
    ) =>
        pipeline with
        {
            Schedule = fires.Describe(pipeline.Name) ?? pipeline.Schedule,
            NextFires = times.GetValueOrDefault(pipeline.Name, []),
        };
}
