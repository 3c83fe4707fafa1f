using System.Text.Json;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Lists of a server: a page of <c>items</c> and the <c>next</c>.</summary>
internal static class RemoteListing
{
    private const int CellMax = 60;

    /// <summary>Asks for a page and makes a table of it.</summary>
    /// <param name="client">The server.</param>
    /// <param name="path">The resource with its query.</param>
    /// <param name="noun">What is listed.</param>
    /// <param name="columns">Headers with the members they show; <c>a.b</c> is a member of a member.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<CommandOutcome> AskAsync(
        ServerClient client,
        string path,
        string noun,
        IReadOnlyList<(string Header, string Member)> columns,
        CancellationToken cancellationToken
    )
    {
        var page = await client.GetAsync(path, cancellationToken);
        var items = page.GetProperty("items").EnumerateArray().ToList();
        var next = page.Field("next");
        return new CommandOutcome(ExitCodes.Success, Listing.Summary(items.Count, noun, next.Length == 0 ? null : next))
        {
            Result = page,
            Details = screen =>
                screen.Table(
                    [.. columns.Select(column => column.Header)],
                    items.Select(item => (IReadOnlyList<string>)[.. columns.Select(c => Cell(item, c.Member))])
                ),
        };
    }

    /// <summary>A value that fits into a table: some are whole files. <c>--json</c> has them in full.</summary>
    private static string Cell(JsonElement item, string path)
    {
        var text = Member(item, path);
        return text.Length > CellMax ? $"{text[..CellMax]}…" : text;
    }

    private static string Member(JsonElement item, string path)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(name, out item))
            {
                return "";
            }
        }
        return item.Field(names[^1]);
    }
}
