using System.CommandLine;
using System.Globalization;
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
    protected override Func<ServerClient, Invocation, CancellationToken, Task<CommandOutcome>> Ask =>
        (client, invocation, cancellationToken) =>
            RemoteListing.AskAsync(
                client,
                "errors"
                    + ServerClient.Query(
                        ("run_id", invocation.Get(_run)),
                        ("pipeline", invocation.Get(_pipeline)),
                        ("type", invocation.Get(_type)?.ToString().ToUpperInvariant()),
                        ("severity", invocation.Get(_severity)?.ToString().ToUpperInvariant()),
                        ("from", invocation.Get(_since)?.ToString("O", CultureInfo.InvariantCulture)),
                        ("to", invocation.Get(_until)?.ToString("O", CultureInfo.InvariantCulture)),
                        ("key", invocation.Get(_key)),
                        ("resolved", invocation.Get(_open) ? "false" : null),
                        ("limit", invocation.Get(_limit).ToString(CultureInfo.InvariantCulture)),
                        ("after", invocation.Get(_after))
                    ),
                "error",
                [
                    ("when", "occurred_at"),
                    ("pipeline", "pipeline"),
                    ("unit", "unit"),
                    ("type", "type"),
                    ("severity", "severity"),
                    ("record", "key"),
                    ("message", "message"),
                    ("what to do", "suggestion"),
                ],
                cancellationToken
            );

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
        return CommandOutcome.Done(
            Listing.Summary(page.Items.Count, "error", page.Next),
            new ErrorsResult(page.Items, page.Next),
            CliJson.Shared.ErrorsResult,
            screen =>
                screen.Table(
                    ["when", "pipeline", "type", "severity", "record", "message", "what to do"],
                    page.Items.Select(Row)
                )
        );
    }

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
