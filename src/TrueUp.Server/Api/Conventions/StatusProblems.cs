using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace TrueUp.Server.Api.Conventions;

/// <summary>Gives answers that have a status and nothing else their problem details.</summary>
internal static class StatusProblems
{
    /// <summary>Writes them.</summary>
    public static async Task WriteAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        if (
            context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
            && HttpMethods.IsOptions(context.Request.Method)
        )
        {
            // Routing has said in Allow what may be done.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        var (code, detail, suggestion) = Of(context.Response.StatusCode);
        await Problems.Of(context.Response.StatusCode, code, detail, suggestion).ExecuteAsync(context);
    }

    /// <summary>What a status means here.</summary>
    public static (string Code, string Detail, string Suggestion) Of(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => (
                "unauthenticated",
                "It is not known who asks.",
                "Send an API key: Authorization: Bearer KEY."
            ),
            StatusCodes.Status403Forbidden => (
                "forbidden",
                "The role of whoever asks does not allow this.",
                "Ask an administrator for a key with the role that /openapi/v1.json names."
            ),
            StatusCodes.Status404NotFound => (
                "not_found",
                "There is nothing at this address.",
                "See /openapi/v1.json for what there is."
            ),
            StatusCodes.Status405MethodNotAllowed => (
                "method_not_allowed",
                "This address does not know the method.",
                "The header Allow names the methods it knows."
            ),
            StatusCodes.Status413PayloadTooLarge => (
                "body_too_large",
                "The body is too large.",
                "Send less at once, or raise limits.body_bytes in trueup.yaml."
            ),
            StatusCodes.Status415UnsupportedMediaType => (
                "not_json",
                "The body is not JSON.",
                "Send JSON, with Content-Type: application/json."
            ),
            StatusCodes.Status429TooManyRequests => (
                "too_many_requests",
                "There were too many requests.",
                "Wait as long as the header Retry-After says."
            ),
            >= 500 => ("server_error", "The server could not answer.", "Try again; see the server's log."),
            _ => ("bad_request", "The request cannot be understood.", "See /openapi/v1.json for what is expected."),
        };
}
