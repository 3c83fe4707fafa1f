using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using TrueUp.Sides;
using TrueUp.Store;

namespace TrueUp.Server.Security.Requests;

/// <summary>
/// Records requests that were refused for who sent them (401, 403, 429), a bounded number of them: whoever tries
/// without end must not fill the database. In each minute, of what is tried at one route from one address the first is
/// recorded, and <see cref="PerMinute"/> in all; how many were not stands in the next entry as <c>unrecorded</c>.
/// </summary>
internal sealed partial class DenialRecorder(TrueUpHome home, TimeProvider clock, ILogger<DenialRecorder> logger)
    : IMiddleware
{
    /// <summary>Refusals recorded in a minute at most.</summary>
    public const int PerMinute = 60;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private long _minute;
    private long _unrecorded;

    /// <summary>Whether a status says that the request was refused for who sent it, or how often.</summary>
    public static bool IsDenial(int status) =>
        status
            is StatusCodes.Status401Unauthorized
                or StatusCodes.Status403Forbidden
                or StatusCodes.Status429TooManyRequests;

    /// <inheritdoc />
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (!IsDenial(context.Response.StatusCode) || !Admit(context, out var unrecorded))
        {
            return;
        }
        var action = RequestTrail.Of(context, context.Response.StatusCode);
        try
        {
            await home.AdminTrail.AppendAsync(
                action with
                {
                    Details = new Dictionary<string, string>(action.Details)
                    {
                        ["code"] = Refusal.Of(context)?.Code ?? "",
                        ["unrecorded"] = unrecorded.ToString(),
                    },
                },
                CancellationToken.None
            );
        }
        catch (SideException error)
        {
            // The request is answered already, and nothing was changed by it.
            NotRecorded(logger, error.Message);
        }
    }

    private bool Admit(HttpContext context, out long unrecorded)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var what = $"{LockOut.AddressOf(context.Connection.RemoteIpAddress)} {context.Request.Method} {route}";
        var minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        lock (_gate)
        {
            if (minute != _minute)
            {
                _minute = minute;
                _seen.Clear();
            }
            if (_seen.Count >= PerMinute || !_seen.Add(what))
            {
                _unrecorded++;
                unrecorded = 0;
                return false;
            }
            unrecorded = _unrecorded;
            _unrecorded = 0;
            return true;
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "A refused request could not be recorded: {Reason}")]
    private static partial void NotRecorded(ILogger logger, string reason);
}
