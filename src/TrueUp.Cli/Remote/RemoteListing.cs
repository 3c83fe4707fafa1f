using System.Text.Json;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Lists that only a server has: a page of <c>items</c> and the <c>next</c>.</summary>
internal static class RemoteListing
{
    private const int CellMax = 60;

    /// <summary>Asks for a page and makes a table of it.</summary>
    /// <param name="client">The server.</param>
    /// <param name="path">The resource with its query.</param>
    /// <param name="noun">What is listed.</param>
    /// <param name="columns">Headers with the members they show.</param>
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
        var items = RemotePages.ItemsOf(page);
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
    private static string Cell(JsonElement item, string member)
    {
        var text = item.Field(member);
        return text.Length > CellMax ? $"{text[..CellMax]}…" : text;
    }
}
