using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Metrics;
using TrueUp.Server.Security;

namespace TrueUp.Server.Health;

/// <summary>How well a server is, for people, load balancers and whoever starts processes again.</summary>
internal static class HealthSetup
{
    /// <summary>Everything that looks.</summary>
    public static void AddHealth(this IServiceCollection services) =>
        services
            .AddSingleton<Liveness>()
            .AddSingleton<Readiness>()
            .AddSingleton<FeedBoard>()
            .AddSingleton<DiskProbe>()
            .AddSingleton<IProbe>(provider => provider.GetRequiredService<DiskProbe>())
            .AddSingleton<IProbe, ControlDatabaseProbe>()
            .AddSingleton<IProbe, SchedulerProbe>()
            .AddSingleton<IProbe, QueueProbe>()
            .AddSingleton<ConnectionProbes>()
            .AddSingleton<HealthBoard>()
            .AddSingleton<DetailReader>();

    /// <summary><c>/health</c> and what is below it.</summary>
    public static void MapHealth(this WebApplication app)
    {
        // It counts from now on.
        _ = app.Services.GetRequiredService<Liveness>();
        var health = app.MapGroup("/health").AddEndpointFilter(NotStored);
        Said<HealthBody>(health.MapGet("", HealthAsync).AllowAnonymous(), "get_health");
        Said<ReadyBody>(health.MapGet("/live", Live).AllowAnonymous(), "get_liveness");
        Said<ReadyBody>(health.MapGet("/ready", ReadyAsync).AllowAnonymous(), "get_readiness");
        Said<HealthBody>(
            health.MapGet("/detailed", DetailedAsync).RequireAuthorization(Roles.Viewer),
            "get_detailed_health"
        );
    }

    // The answer is of the same form whether the server is well or not.
    private static void Said<T>(RouteHandlerBuilder endpoint, string name) =>
        endpoint.WithName(name).WithTags("health").Produces<T>().Produces<T>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> HealthAsync(
        HttpContext context,
        HealthBoard board,
        CancellationToken cancellationToken
    )
    {
        var report = await board.ReportAsync(cancellationToken);
        var isViewer = Roles.All.Any(context.User.IsInRole);
        return TypedResults.Json(HealthBody.Of(report, isViewer), statusCode: StatusOf(report));
    }

    private static IResult Live(Liveness liveness) =>
        liveness.Problem() is null
            ? TypedResults.Ok(new ReadyBody("live", []))
            : Unavailable(new ReadyBody("not_live", ["dispatcher"]));

    private static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken cancellationToken)
    {
        var obstacles = await readiness.ObstaclesAsync(cancellationToken);
        return obstacles.Count == 0
            ? TypedResults.Ok(new ReadyBody("ready", []))
            : Unavailable(new ReadyBody("not_ready", obstacles));
    }

    private static async Task<IResult> DetailedAsync(
        HealthBoard board,
        PipelineReadings readings,
        DetailReader details,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var report = await board.ReportAsync(cancellationToken);
        var reading = await readings.FreshAsync(cancellationToken);
        var body = HealthBody.Of(report, withMessages: true) with { Details = details.Read(reading, caller) };
        return TypedResults.Json(body, statusCode: StatusOf(report));
    }

    private static IResult Unavailable(ReadyBody body) =>
        TypedResults.Json(body, statusCode: StatusCodes.Status503ServiceUnavailable);

    private static int StatusOf(HealthReport report) =>
        report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;

    private static ValueTask<object?> NotStored(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}
