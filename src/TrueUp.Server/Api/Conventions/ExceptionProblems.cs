using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Server.Api.Conventions;

/// <summary>
/// What becomes of exceptions: a request that cannot be read is told what is wrong with it, a control database that
/// is away is 503, and of anything else clients get a number to look for in the log, and nothing more.
/// </summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;
    private const string RetryAfterSeconds = "5";

    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ClientClosedRequest;
            return true;
        }
        await Of(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private ProblemHttpResult Of(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { InnerException: JsonException json }:
                return Problems.BadRequest([JsonFinding.Of(json)]);
            case BadHttpRequestException bad:
                return Of(bad);
            case SideException { Type: ErrorType.Database } side:
                LogUnavailable(logger, side.Code, side.Message);
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Problems.Of(side);
            default:
                LogUnexpected(logger, exception, context.TraceIdentifier);
                return Problems.Of(
                    StatusCodes.Status500InternalServerError,
                    "server_error",
                    "Something went wrong inside the server.",
                    "Look for the correlation_id in the server's log.",
                    more: new Dictionary<string, object?> { ["correlation_id"] = context.TraceIdentifier }
                );
        }
    }

    private static ProblemHttpResult Of(BadHttpRequestException bad)
    {
        if (bad.StatusCode != StatusCodes.Status400BadRequest)
        {
            var (code, detail, suggestion) = StatusProblems.Of(bad.StatusCode);
            return Problems.Of(bad.StatusCode, code, detail, suggestion);
        }
        return Problems.BadRequest([
            new Finding(
                "bad_body",
                "The body is missing or cannot be read.",
                "Send a JSON object as /openapi/v1.json describes it."
            ),
        ]);
    }

    [LoggerMessage(4101, LogLevel.Warning, "The control database did not answer a request ({Code}): {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string code, string reason);

    [LoggerMessage(4102, LogLevel.Error, "A request failed, correlation id {CorrelationId}")]
    private static partial void LogUnexpected(ILogger logger, Exception error, string correlationId);
}
