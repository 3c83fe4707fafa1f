using Microsoft.AspNetCore.Http;
using TrueUp.Server.Api;
using TrueUp.Sides;
using TrueUp.Store;

namespace TrueUp.Server.Security.Requests;

/// <summary>
/// Records every request that may change something, before it is answered: a change that cannot be recorded is
/// answered with 503. Refused requests are left to <see cref="DenialRecorder"/>.
/// </summary>
internal sealed class ChangeRecorder(TrueUpHome home) : IEndpointFilter
{
    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext;
        if (CrossSiteGuard.IsSafe(request.Request.Method))
        {
            return await next(context);
        }
        var status = StatusCodes.Status500InternalServerError;
        object? result;
        try
        {
            result = await next(context);
            status = StatusOf(result);
        }
        catch (SideException error)
        {
            // The control database has failed: the trail, which is there too, is tried all the same.
            status = StatusCodes.Status503ServiceUnavailable;
            result = Problems.Of(error);
        }
        catch when (Caller.Of(request.User) != Caller.Nobody)
        {
            // It may have done its work before: a client that goes away, or a bug, must not keep that out of the trail.
            await RecordAsync(request, status);
            throw;
        }
        // Who gave no proof of who they are has changed nothing, and may not fill the trail.
        var isChange = !DenialRecorder.IsDenial(status) && Caller.Of(request.User) != Caller.Nobody;
        return isChange ? await RecordAsync(request, status) ?? result : result;
    }

    private static int StatusOf(object? result) =>
        result switch
        {
            INestedHttpResult nested => StatusOf(nested.Result),
            IStatusCodeHttpResult { StatusCode: { } status } => status,
            _ => StatusCodes.Status200OK,
        };

    private async ValueTask<IResult?> RecordAsync(HttpContext request, int status)
    {
        try
        {
            // Also for a client that has gone: what was done is done.
            await home.AdminTrail.AppendAsync(RequestTrail.Of(request, status), CancellationToken.None);
            return null;
        }
        catch (SideException error)
        {
            return Problems.Of(error);
        }
    }
}
