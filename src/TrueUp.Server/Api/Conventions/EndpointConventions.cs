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
        StatusCodes.Status401Unauthorized,
        StatusCodes.Status403Forbidden,
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
    )
    {
        endpoint.WithName(name).WithSummary(summary).RequireAuthorization(role);
        foreach (var status in Always.Concat(problems).Order())
        {
            endpoint.Produces<ProblemBody>(status, ProblemType);
        }
        return endpoint;
    }

    /// <summary>The same for an endpoint with a body.</summary>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder endpoint) =>
        endpoint
            .Produces<ProblemBody>(StatusCodes.Status413PayloadTooLarge, ProblemType)
            .Produces<ProblemBody>(StatusCodes.Status415UnsupportedMediaType, ProblemType);
}
