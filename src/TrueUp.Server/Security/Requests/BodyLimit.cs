using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Security.Requests;

/// <summary>
/// How long a request's body may be, as the settings say at the moment; Kestrel's own limit, of 30 MB, is fixed when it
/// starts.
/// </summary>
internal sealed class BodyLimit(SettingsBoard settings) : IMiddleware
{
    /// <inheritdoc />
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = settings.Current.Limits.BodyBytes;
        }
        return next(context);
    }
}
