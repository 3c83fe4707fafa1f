using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Api.Pipelines;
using TrueUp.Server.Scheduling;
using TrueUp.Server.Security;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Monitoring;

/// <summary>How well pipelines do: <c>/sync-monitoring</c>.</summary>
internal static class MonitoringEndpoints
{
    private const int TrendMax = 100;
    private const int AlertsMax = 50;

    public static void Map(RouteGroupBuilder api)
    {
        var monitoring = api.MapGroup("/sync-monitoring").WithTags("monitoring");
        monitoring
            .MapGet("/health-overview", HealthAsync)
            .Is("get_health_overview", "Is anything wrong.", Roles.Viewer);
        monitoring
            .MapGet("/performance-history", HistoryAsync)
            .Is("get_performance_history", "How runs did over a time.", Roles.Viewer, [404]);
        monitoring
            .MapGet("/dashboard", DashboardAsync)
            .Is("get_dashboard", "What a dashboard's first page shows.", Roles.Viewer, [404]);
        monitoring
            .MapGet("/metrics", MetricsAsync)
            .Is("get_sync_metrics", "Numbers about a time.", Roles.Viewer, [404]);
    }

    private static async Task<Ok<HealthOverviewBody>> HealthAsync(
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var entities = await EntitiesAsync(home, book, caller, null, now, cancellationToken);
        return TypedResults.Ok(
            new HealthOverviewBody(
                HealthRules.Of(entities.Select(HealthRules.Of)),
                entities.ToDictionary(entity => entity.Pipeline, EntityHealthBody.Of),
                await AlertsAsync(home, caller.Pipelines, isActive: true, cancellationToken),
                PerformanceSummaryBody.Of(entities),
                now
            )
        );
    }

    private static async Task<Results<Ok<PerformanceHistoryBody>, ProblemHttpResult>> HistoryAsync(
        string? entity,
        Period? period,
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (entity is not null && !await book.ExistsAsync(entity, caller, cancellationToken))
        {
            return Unknown();
        }
        var time = period ?? Period.Day;
        var slices = await home.Monitoring.TotalsAsync(
            Among(caller, entity),
            time.Bounds(clock.GetUtcNow()),
            cancellationToken
        );
        return TypedResults.Ok(
            new PerformanceHistoryBody(
                entity ?? "all",
                time.Name,
                [.. slices.Select(DataPointBody.Of)],
                AggregatedMetricsBody.Of(RunTotals.Of(slices))
            )
        );
    }

    private static async Task<Results<Ok<DashboardBody>, ProblemHttpResult>> DashboardAsync(
        string? entity,
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        INextFires fires,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (entity is not null && !await book.ExistsAsync(entity, caller, cancellationToken))
        {
            return Unknown();
        }
        var now = clock.GetUtcNow();
        var among = Among(caller, entity);
        var monitoring = home.Monitoring;
        var entities = await EntitiesAsync(home, book, caller, entity, now, cancellationToken);
        var week = await monitoring.TotalsAsync(
            among,
            [now.AddDays(-7), now.AddDays(-1), now.AddTicks(1)],
            cancellationToken
        );
        var gaps = await monitoring.GapsAsync(among, cancellationToken);
        var names = entity is null ? book.Entries.Select(e => e.Name).Where(caller.MaySee) : [entity];
        return TypedResults.Ok(
            new DashboardBody(
                entities.Max(e => e.LastSync),
                await fires.EarliestAsync(names.ToHashSet(StringComparer.Ordinal), cancellationToken),
                week[1].SuccessRate,
                RunTotals.Of(week).SuccessRate,
                gaps.Values.Sum(),
                await AlertsAsync(home, among, isActive: null, cancellationToken),
                await monitoring.TrendAsync(among, now.AddDays(-7), TrendMax, cancellationToken)
            )
        );
    }

    private static async Task<Results<Ok<MetricsBody>, ProblemHttpResult>> MetricsAsync(
        string? entity,
        Period? period,
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (entity is not null && !await book.ExistsAsync(entity, caller, cancellationToken))
        {
            return Unknown();
        }
        var now = clock.GetUtcNow();
        var from = (period ?? Period.Day).From(now);
        var among = Among(caller, entity);
        var monitoring = home.Monitoring;
        var totals = await monitoring.TotalsAsync(among, [from, now.AddTicks(1)], cancellationToken);
        return TypedResults.Ok(
            MetricsCalculator.Of(
                totals[0],
                await EntitiesAsync(home, book, caller, entity, now, cancellationToken),
                await monitoring.ErrorsAsync(among, from, cancellationToken),
                await monitoring.TimeToResolutionAsync(among, from, cancellationToken),
                (await monitoring.AlertsAsync(among, isActive: true, Limit.Max, cancellationToken)).Count
            )
        );
    }

    /// <summary>
    /// How the pipelines do that have a file here, ran within 24 hours by the command line, or are asked for: one that
    /// was deleted ails nobody any more.
    /// </summary>
    private static async Task<IReadOnlyList<EntityHealth>> EntitiesAsync(
        TrueUpHome home,
        PipelineBook book,
        Caller caller,
        string? asked,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await home.Monitoring.HealthAsync(Among(caller, asked), now, cancellationToken)).Where(entity =>
                asked is not null || book.Find(entity.Pipeline) is not null || entity.Completed + entity.Failed > 0
            ),
        ];

    private static async Task<IReadOnlyList<AlertBody>> AlertsAsync(
        TrueUpHome home,
        IReadOnlyCollection<string>? among,
        bool? isActive,
        CancellationToken cancellationToken
    ) => [.. (await home.Monitoring.AlertsAsync(among, isActive, AlertsMax, cancellationToken)).Select(AlertBody.Of)];

    private static IReadOnlyCollection<string>? Among(Caller caller, string? entity) =>
        entity is null ? caller.Pipelines : [entity];

    private static ProblemHttpResult Unknown() => Problems.NotFound("pipeline", PipelineEndpoints.List);
}
