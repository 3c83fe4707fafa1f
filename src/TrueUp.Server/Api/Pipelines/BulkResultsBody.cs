namespace TrueUp.Server.Api.Pipelines;

/// <summary>What became of several pipelines.</summary>
/// <param name="Items">One for each name, in their order.</param>
internal sealed record BulkResultsBody(IReadOnlyList<BulkResultBody> Items);
