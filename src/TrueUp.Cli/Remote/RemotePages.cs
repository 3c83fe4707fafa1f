using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Remote;

/// <summary>Reads a server's lists, which come in pages of <c>items</c> and the <c>next</c>.</summary>
internal static class RemotePages
{
    /// <summary>Entries that a server gives at once, at most.</summary>
    private const int PageMax = 1000;

    /// <summary>Reads as many entries as are wanted, in as many pages as that takes.</summary>
    /// <param name="client">The server.</param>
    /// <param name="resource">What is listed: <c>runs</c>.</param>
    /// <param name="filters">Parameters of the query; null for those that are not set.</param>
    /// <param name="limit">Entries at most.</param>
    /// <param name="after">Where to begin, or null for the beginning.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ServerException">The server refused, or there is none.</exception>
    public static async Task<Page<JsonObject>> ReadAsync(
        ServerClient client,
        string resource,
        IReadOnlyList<(string Name, string? Value)> filters,
        int limit,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var items = new List<JsonObject>();
        var next = after;
        var isEnd = false;
        while (!isEnd && items.Count < limit)
        {
            var wanted = Math.Min(limit - items.Count, PageMax).ToString(CultureInfo.InvariantCulture);
            var query = ServerClient.Query([.. filters, ("limit", wanted), ("after", next)]);
            var page = await client.GetAsync(resource + query, cancellationToken);
            var found = ItemsOf(page);
            items.AddRange(found.Select(item => JsonObject.Create(item)).OfType<JsonObject>());
            next = page.Field("next") is { Length: > 0 } more ? more : null;
            isEnd = next is null || found.Count == 0;
        }
        return new Page<JsonObject>(items, next);
    }

    /// <summary>The entries of a page.</summary>
    /// <exception cref="ServerException">It is none.</exception>
    public static List<JsonElement> ItemsOf(JsonElement page) =>
        page.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray()]
            : throw ServerException.Stranger("The server's list has no items.");
}
