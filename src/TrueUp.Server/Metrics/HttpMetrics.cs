using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TrueUp.Server.Metrics;

/// <summary>Measures requests by the template of their route: what clients make up is no label.</summary>
internal sealed class HttpMetrics(ServerMeter meter, TimeProvider clock)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    private readonly Histogram<double> _duration = meter.Histogram(
        "http_request_duration_seconds",
        "Time until a request was answered.",
        .001,
        .005,
        .01,
        .05,
        .1,
        .5,
        1,
        5,
        10,
        30
    );

    /// <summary>Measures what the rest of the pipeline makes of a request.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var start = clock.GetTimestamp();
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            // Known only now: routing comes after this, so that what is refused before it is measured too.
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unmatched";
            var method = Methods.Contains(context.Request.Method) ? context.Request.Method : MetricFamily.Other;
            _duration.Record(
                clock.GetElapsedTime(start).TotalSeconds,
                new("method", method),
                new("route", route),
                new("status", status.ToString(CultureInfo.InvariantCulture))
            );
        }
    }
}
