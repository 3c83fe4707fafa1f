using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrueUp.Store.Access;

namespace TrueUp.Server.Security.Requests;

/// <summary>What the trail says of a request: never its body, its query or its headers.</summary>
internal static class RequestTrail
{
    /// <summary>
    /// Says in the trail what the request changed, when what the route tells is not enough. Nothing given here may be a
    /// secret.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="what">What was changed, such as an identifier.</param>
    /// <param name="details">What else is to be known, by name.</param>
    public static void Describe(this HttpContext context, string what, params (string Name, string Value)[] details) =>
        context.Features.Set(new Description(what, details));

    /// <summary>The entry for a request.</summary>
    /// <param name="context">The request, after it was routed.</param>
    /// <param name="status">How it was answered.</param>
    public static AdminAction Of(HttpContext context, int status)
    {
        var caller = Caller.Of(context.User);
        var endpoint = context.GetEndpoint();
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var described = context.Features.Get<Description>();
        var details = new Dictionary<string, string>
        {
            ["method"] = context.Request.Method,
            ["route"] = route,
            ["status"] = status.ToString(),
        };
        foreach (var (name, value) in described?.Details ?? [])
        {
            details[name] = value;
        }
        return new AdminAction(
            caller.Name,
            endpoint?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName
                ?? $"{context.Request.Method} {route}".TrimEnd(),
            described?.What
                ?? string.Join(' ', context.Request.RouteValues.Select(value => $"{value.Key}={value.Value}"))
        )
        {
            Role = caller.Role,
            Address = context.Connection.RemoteIpAddress?.ToString() ?? "",
            Details = details,
        };
    }

    private sealed record Description(string What, (string Name, string Value)[] Details);
}
