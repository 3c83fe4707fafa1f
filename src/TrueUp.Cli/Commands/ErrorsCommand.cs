using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrueUp.Audit;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Remote;
using TrueUp.Cli.Results;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Commands;

/// <summary>Lists errors of all runs.</summary>
internal sealed class ErrorsCommand : LookupCommand
{
    private readonly Option<string?> _pipeline = FilterOptions.Pipeline();
    private readonly Option<string?> _run = new("--run")
    {
        Description = "Only of this run; `last` is the newest",
        HelpName = "RUN",
    };
    private readonly Option<ErrorType?> _type = FilterOptions.Choice<ErrorType>("--type", "Only of this kind");
    private readonly Option<Severity?> _severity = FilterOptions.Choice<Severity>(
        "--severity",
        "Only of this severity"
    );
    private readonly Option<string?> _key = FilterOptions.Key();
    private readonly Option<bool> _open = new("--open") { Description = "Only those that nobody has resolved" };
    private readonly Option<int> _limit = FilterOptions.Limit();
    private readonly Option<string?> _after = FilterOptions.After();
    private readonly Option<DateTimeOffset?> _since;
    private readonly Option<DateTimeOffset?> _until;

    /// <param name="runner">Runs it.</param>
    public ErrorsCommand(CommandRunner runner)
        : base(runner, "errors", "List errors of all runs, newest first")
    {
        (_since, _until) = (FilterOptions.Since(runner.Clock), FilterOptions.Until(runner.Clock));
        foreach (
            var option in (Option[])
                [
                    _pipeline,
                    _run,
                    _type,
                    _severity,
                    _since,
                    _until,
                    _key,
                    _open,
                    _limit,
                    _after,
                    ServerOptions.Server,
                    ServerOptions.KeyFile,
                ]
        )
        {
            Add(option);
        }
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        ["trueup errors --pipeline sellers --since 24h", "trueup errors --run last --severity high --json"];

    /// <inheritdoc />
    protected override Func<ServerClient, Invocation, CancellationToken, Task<CommandOutcome>> Ask => AskAsync;

    /// <inheritdoc />
    protected override async Task<CommandOutcome> LookAsync(
        TrueUpHome home,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var run = invocation.Get(_run);
        var id = run is null ? null : await Listing.RunIdAsync(home, run, cancellationToken);
        if (run is not null && id is null)
        {
            return Listing.NoRun(run);
        }
        var page = await home.Errors.ListAsync(
            new ErrorQuery
            {
                RunId = id,
                Pipeline = invocation.Get(_pipeline),
                Type = invocation.Get(_type),
                Severity = invocation.Get(_severity),
                Key = invocation.Get(_key),
                From = invocation.Get(_since),
                To = invocation.Get(_until),
                Resolved = invocation.Get(_open) ? false : null,
                Limit = invocation.Get(_limit),
                After = invocation.Get(_after),
            },
            cancellationToken
        );
        var result = new ErrorsResult(page.Items, page.Next);
        return Tell(page, JsonSerializer.SerializeToElement(result, CliJson.Shared.ErrorsResult));
    }

    private async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var run = invocation.Get(_run);
        var id = run is null ? null : await RunIdAsync(client, run, cancellationToken);
        if (run is not null && id is null)
        {
            return Listing.NoRun(run);
        }
        var page = await RemotePages.ReadAsync(
            client,
            "errors",
            [
                ("run_id", id),
                ("pipeline", invocation.Get(_pipeline)),
                ("error_type", invocation.Get(_type)?.ToString()),
                ("severity", invocation.Get(_severity)?.ToString()),
                ("from", FilterOptions.Text(invocation.Get(_since))),
                ("to", FilterOptions.Text(invocation.Get(_until))),
                ("key", invocation.Get(_key)),
                ("resolved", invocation.Get(_open) ? "false" : null),
            ],
            invocation.Get(_limit),
            invocation.Get(_after),
            cancellationToken
        );
        var (errors, json) = LocalForm.Errors(page);
        return Tell(
            new Page<ErrorEntry>(errors, page.Next),
            JsonSerializer.SerializeToElement(new JsonObject { ["errors"] = json, ["next"] = page.Next })
        );
    }

    private static async Task<string?> RunIdAsync(ServerClient client, string run, CancellationToken cancellationToken)
    {
        if (run != "last")
        {
            return run;
        }
        var newest = await RemotePages.ReadAsync(client, "runs", [], 1, null, cancellationToken);
        return LocalForm.Runs(newest).Entries is [var last, ..] ? last.RunId : null;
    }

    private static CommandOutcome Tell(Page<ErrorEntry> page, JsonElement result) =>
        new(ExitCodes.Success, Listing.Summary(page.Items.Count, "error", page.Next))
        {
            Result = result,
            Details = screen =>
                screen.Table(
                    ["when", "pipeline", "type", "severity", "record", "message", "what to do"],
                    page.Items.Select(Row)
                ),
        };

    private static IReadOnlyList<string> Row(ErrorEntry error) =>
        [
            Listing.Time(error.OccurredAt),
            error.Unit.Length == 0 ? error.Pipeline : $"{error.Pipeline}/{error.Unit}",
            error.Type.ToString().ToLowerInvariant(),
            error.Severity.ToString().ToLowerInvariant(),
            error.Key ?? "",
            error.Message,
            error.Suggestion ?? "",
        ];
}
