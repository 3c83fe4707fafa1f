using TrueUp.Store.Jobs;

namespace TrueUp.Server.Api.Nodes;

/// <summary>The servers of this control database.</summary>
/// <param name="Items">The newest first.</param>
internal sealed record NodesBody(IReadOnlyList<Node> Items);
