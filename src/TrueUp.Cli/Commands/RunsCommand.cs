using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Remote;
using TrueUp.Cli.Results;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Commands;

/// <summary>Lists runs.</summary>
internal sealed class RunsCommand : LookupCommand
{
    private readonly Option<string?> _pipeline = FilterOptions.Pipeline();
    private readonly Option<RunState?> _status = FilterOptions.Choice<RunState>("--status", "Only of this status");
    private readonly Option<string?> _key = FilterOptions.Key("; not with --server");
    private readonly Option<int> _limit = FilterOptions.Limit();
    private readonly Option<string?> _after = FilterOptions.After();
    private readonly Option<DateTimeOffset?> _since;
    private readonly Option<DateTimeOffset?> _until;

    /// <param name="runner">Runs it.</param>
    public RunsCommand(CommandRunner runner)
        : base(runner, "runs", "List runs, newest first")
    {
        (_since, _until) = (FilterOptions.Since(runner.Clock), FilterOptions.Until(runner.Clock));
        Add(_pipeline);
        Add(_status);
        Add(_since);
        Add(_until);
        Add(_key);
        Add(_limit);
        Add(_after);
        Add(ServerOptions.Server);
        Add(ServerOptions.KeyFile);
        Add(new RunsShowCommand(runner));
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        ["trueup runs --pipeline sellers --since 24h", "trueup runs --key AA12679", "trueup runs show 01KAJ3T8…"];

    /// <inheritdoc />
    protected override Func<ServerClient, Invocation, CancellationToken, Task<CommandOutcome>> Ask => AskAsync;

    /// <inheritdoc />
    protected override async Task<CommandOutcome> LookAsync(
        TrueUpHome home,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var page = await home.Runs.ListAsync(
            new RunQuery
            {
                Pipeline = invocation.Get(_pipeline),
                State = invocation.Get(_status),
                From = invocation.Get(_since),
                To = invocation.Get(_until),
                Key = invocation.Get(_key),
                Limit = invocation.Get(_limit),
                After = invocation.Get(_after),
            },
            cancellationToken
        );
        var result = new RunsResult(page.Items, page.Next);
        return Tell(page, JsonSerializer.SerializeToElement(result, CliJson.Shared.RunsResult));
    }

    private async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        if (invocation.Get(_key) is { } key)
        {
            return CommandOutcome.Failed(
                ExitCodes.Usage,
                new ErrorBody(
                    "option_needs_home",
                    "A server does not look for the runs of a record: --key is for a home.",
                    $"Ask for the record's errors, `trueup errors --key {key}`, or look where the home is, without --server and $TRUEUP_SERVER."
                )
            );
        }
        var page = await RemotePages.ReadAsync(
            client,
            "runs",
            [
                ("pipeline", invocation.Get(_pipeline)),
                ("status", invocation.Get(_status) is { } state ? FilterOptions.SnakeCase($"{state}") : null),
                ("from", FilterOptions.Text(invocation.Get(_since))),
                ("to", FilterOptions.Text(invocation.Get(_until))),
            ],
            invocation.Get(_limit),
            invocation.Get(_after),
            cancellationToken
        );
        var (runs, json) = LocalForm.Runs(page);
        return Tell(
            new Page<RunSummary>(runs, page.Next),
            JsonSerializer.SerializeToElement(new JsonObject { ["runs"] = json, ["next"] = page.Next })
        );
    }

    private static CommandOutcome Tell(Page<RunSummary> page, JsonElement result) =>
        new(ExitCodes.Success, Listing.Summary(page.Items.Count, "run", page.Next))
        {
            Result = result,
            Details = screen =>
                screen.Table(
                    ["run", "pipeline", "started", "status", "verdict", "created", "updated", "deleted", "failed"],
                    page.Items.Select(Row)
                ),
        };

    private static IReadOnlyList<string> Row(RunSummary run) =>
        [
            run.RunId,
            run.Pipeline,
            Listing.Time(run.StartedAt),
            $"{FilterOptions.SnakeCase(run.Status.ToString())}{(run.DryRun ? " (dry run)" : run.VerifyOnly ? " (verify)" : "")}",
            run.Verdict?.ToString().ToLowerInvariant() ?? run.ErrorCode ?? "",
            Number(run.Counts?.Created),
            Number(run.Counts?.Updated),
            Number(run.Counts?.Deleted),
            Number(run.FailureCount),
        ];

    private static string Number(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
}
