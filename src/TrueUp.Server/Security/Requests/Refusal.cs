using Microsoft.AspNetCore.Http;
using TrueUp.Server.Api;
using TrueUp.Sides;

namespace TrueUp.Server.Security.Requests;

/// <summary>Why a request was refused before an endpoint saw it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">For machines.</param>
/// <param name="Detail">For people.</param>
/// <param name="Suggestion">What to do next.</param>
internal sealed record Refusal(int Status, string Code, string Detail, string Suggestion)
    : IResult,
        IStatusCodeHttpResult
{
    public static readonly Refusal Unauthenticated = new(
        StatusCodes.Status401Unauthorized,
        "unauthenticated",
        "This needs a key or a login.",
        "Send 'Authorization: Bearer KEY' (make one with 'trueup key create'), or log in at /api/v1/auth/login."
    );

    public static readonly Refusal InvalidKey = new(
        StatusCodes.Status401Unauthorized,
        "key_invalid",
        "The key is not accepted.",
        "See that it was copied whole; if it was lost, an administrator makes a new one."
    );

    public static readonly Refusal ExpiredKey = new(
        StatusCodes.Status401Unauthorized,
        "key_expired",
        "The key has expired.",
        "Ask an administrator for a new one; keys are rotated with POST /api/v1/keys/{id}/rotate before they expire."
    );

    public static readonly Refusal RevokedKey = new(
        StatusCodes.Status401Unauthorized,
        "key_revoked",
        "The key was revoked.",
        "Ask an administrator for a new one."
    );

    public static readonly Refusal Forbidden = new(
        StatusCodes.Status403Forbidden,
        "forbidden",
        "The role of this key or user does not allow it.",
        "Use one with a higher role, or ask an administrator."
    );

    public static readonly Refusal WrongLogin = new(
        StatusCodes.Status401Unauthorized,
        "login_failed",
        "The name or the password is wrong.",
        "Try again; an administrator can set a new password with PUT /api/v1/users/{name}."
    );

    public static readonly Refusal CrossSite = new(
        StatusCodes.Status403Forbidden,
        "csrf_refused",
        "A change by cookie has to come from the dashboard itself.",
        $"Send the header '{CrossSiteGuard.Header}: 1', or use a key."
    );

    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Too many wrong keys or passwords.</summary>
    public static Refusal LockedOut(TimeSpan remaining) =>
        new(
            StatusCodes.Status429TooManyRequests,
            "locked_out",
            "Too many wrong keys or passwords.",
            "Wait for the time in Retry-After, then use the right one."
        )
        {
            RetryAfter = remaining,
        };

    /// <summary>More requests than one caller may send.</summary>
    public static Refusal TooMany(TimeSpan? wait) =>
        new(
            StatusCodes.Status429TooManyRequests,
            "too_many_requests",
            "This caller sends more requests than are allowed.",
            "Wait for the time in Retry-After, then send fewer."
        )
        {
            RetryAfter = wait ?? TimeSpan.FromSeconds(1),
        };

    /// <summary>Nobody can say who this is: the control database is away.</summary>
    public static Refusal Away(SideException error) =>
        new(StatusCodes.Status503ServiceUnavailable, error.Code, error.Message, error.Suggestion)
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        };

    /// <summary>The server is called by a name that is not its own.</summary>
    public static Refusal UnknownHost { get; } =
        new(
            StatusCodes.Status400BadRequest,
            "host_not_allowed",
            "This server does not go by the name in the Host header.",
            "Use its address, or add the name to server.allowed_hosts in trueup.yaml."
        );

    /// <inheritdoc />
    int? IStatusCodeHttpResult.StatusCode => Status;

    /// <inheritdoc />
    Task IResult.ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext);

    /// <summary>What was found out about the request while it was looked at, or null.</summary>
    public static Refusal? Of(HttpContext context) => context.Features.Get<Refusal>();

    /// <summary>Keeps what was found out; whoever answers the request says it.</summary>
    public void Keep(HttpContext context) => context.Features.Set(this);

    /// <summary>Answers the request.</summary>
    public Task WriteAsync(HttpContext context)
    {
        Keep(context);
        if (Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"trueup\"";
        }
        if (RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString();
        }
        return Problems.Of(Status, Code, Detail, Suggestion).ExecuteAsync(context);
    }
}
