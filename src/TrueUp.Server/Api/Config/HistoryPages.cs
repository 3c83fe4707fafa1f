using Microsoft.AspNetCore.Http;
using TrueUp.Store.Settings;

namespace TrueUp.Server.Api.Config;

/// <summary>The history of the configuration, page by page.</summary>
internal static class HistoryPages
{
    /// <summary>A page, or what is wrong with the question.</summary>
    public static async Task<IResult> AnswerAsync<T>(
        ConfigStore store,
        ConfigHistoryQuery query,
        Func<ConfigHistoryEntry, T> body,
        CancellationToken cancellationToken
    )
    {
        if (query.Limit is < 1 or > ConfigStore.LimitMax || !IsCursor(query.After))
        {
            return Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "bad_value",
                "`limit` or `after` cannot be used.",
                $"Give a limit from 1 to {ConfigStore.LimitMax}, and as `after` what the page before gave as `next`."
            );
        }
        var page = await store.HistoryAsync(query, cancellationToken);
        return TypedResults.Ok(new { Items = page.Items.Select(body).ToList(), page.Next });
    }

    private static bool IsCursor(string? after) =>
        after is null || (after.Length is > 0 and < 19 && after.All(char.IsAsciiDigit));
}
