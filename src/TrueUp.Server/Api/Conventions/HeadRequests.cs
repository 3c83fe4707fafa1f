using Microsoft.AspNetCore.Http;

namespace TrueUp.Server.Api.Conventions;

/// <summary>Answers <c>HEAD</c> as <c>GET</c>, without the body.</summary>
internal static class HeadRequests
{
    /// <summary>Whether the request was a <c>HEAD</c>: what never ends must not begin.</summary>
    public static bool IsHead(HttpContext context) => context.Items.ContainsKey(typeof(HeadRequests));

    /// <summary>The middleware; it stands before routing.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }
        var body = context.Response.Body;
        context.Items[typeof(HeadRequests)] = true;
        context.Request.Method = HttpMethods.Get;
        context.Response.Body = Stream.Null;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
            context.Request.Method = HttpMethods.Head;
        }
    }
}
