using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Security;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Api.Nodes;

/// <summary>The servers.</summary>
internal static class NodeEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var nodes = api.MapGroup("/nodes").WithTags("nodes");
        nodes.MapGet("", ListAsync).Is("list_nodes", "The servers, newest first.", Roles.Viewer);
        nodes
            .MapPost("/{id}/drain", DrainAsync)
            .Is("drain_node", "Lets a server end what it runs and take nothing new.", Roles.Admin, [404]);
        nodes
            .MapPost("/{id}/activate", ActivateAsync)
            .Is("activate_node", "Lets a server take work again.", Roles.Admin, [404]);
    }

    private static async Task<Ok<NodesBody>> ListAsync(TrueUpHome home, CancellationToken cancellationToken) =>
        TypedResults.Ok(new NodesBody(await home.Nodes.ListAsync(cancellationToken)));

    private static Task<Results<Ok<Node>, ProblemHttpResult>> DrainAsync(
        string id,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) => SwitchAsync(id, drain: true, home, cancellationToken);

    private static Task<Results<Ok<Node>, ProblemHttpResult>> ActivateAsync(
        string id,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) => SwitchAsync(id, drain: false, home, cancellationToken);

    private static async Task<Results<Ok<Node>, ProblemHttpResult>> SwitchAsync(
        string id,
        bool drain,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var isChanged =
            TextRules.Complaint(id, QueryParameter.TextMax) is null
            && await home.Nodes.DrainAsync(id, drain, cancellationToken);
        var nodes = await home.Nodes.ListAsync(cancellationToken);
        return isChanged && nodes.FirstOrDefault(node => node.Id == id) is { } changed
            ? TypedResults.Ok(changed)
            : Problems.NotFound("server that has not stopped", "GET /api/v1/nodes");
    }
}
