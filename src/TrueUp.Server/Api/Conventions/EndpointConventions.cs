using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TrueUp.Server.Api.Conventions;

/// <summary>What every endpoint says of itself.</summary>
internal static class EndpointConventions
{
    private const string ProblemType = "application/problem+json";

    private static readonly int[] Always =
    [
        StatusCodes.Status400BadRequest,
        StatusCodes.Status500InternalServerError,
        StatusCodes.Status503ServiceUnavailable,
    ];

    /// <summary>
    /// The endpoint's name, summary and role, and with which statuses it fails beyond the usual ones.
    /// </summary>
    public static RouteHandlerBuilder Is(
        this RouteHandlerBuilder endpoint,
        string name,
        string summary,
        string role,
        params IReadOnlyList<int> problems
    ) =>
        endpoint
            .Described(name, summary, [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, .. problems])
            .RequireAuthorization(role);

    /// <summary>The same for an endpoint that anybody may ask.</summary>
    public static RouteHandlerBuilder IsForAnybody(
        this RouteHandlerBuilder endpoint,
        string name,
        string summary,
        params IReadOnlyList<int> problems
    ) => endpoint.Described(name, summary, problems).AllowAnonymous();

    /// <summary>The same for an endpoint with a body.</summary>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder endpoint) =>
        endpoint
            .Produces<ProblemBody>(StatusCodes.Status413PayloadTooLarge, ProblemType)
            .Produces<ProblemBody>(StatusCodes.Status415UnsupportedMediaType, ProblemType);

    private static RouteHandlerBuilder Described(
        this RouteHandlerBuilder endpoint,
        string name,
        string summary,
        IReadOnlyList<int> problems
    )
    {
        endpoint.WithName(name).WithSummary(summary);
        foreach (var status in Always.Concat(problems).Order())
        {
            endpoint.Produces<ProblemBody>(status, ProblemType);
        }
        return endpoint;
    }
}
