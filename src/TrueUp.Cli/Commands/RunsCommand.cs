using System.CommandLine;
using System.Globalization;
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
    private readonly Option<string?> _key = FilterOptions.Key();
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
    protected override Func<ServerClient, Invocation, CancellationToken, Task<CommandOutcome>> Ask =>
        (client, invocation, cancellationToken) =>
            RemoteListing.AskAsync(
                client,
                "runs"
                    + ServerClient.Query(
                        ("pipeline", invocation.Get(_pipeline)),
                        ("status", invocation.Get(_status) is { } state ? FilterOptions.SnakeCase($"{state}") : null),
                        ("from", invocation.Get(_since)?.ToString("O", CultureInfo.InvariantCulture)),
                        ("to", invocation.Get(_until)?.ToString("O", CultureInfo.InvariantCulture)),
                        ("key", invocation.Get(_key)),
                        ("limit", invocation.Get(_limit).ToString(CultureInfo.InvariantCulture)),
                        ("after", invocation.Get(_after))
                    ),
                "run",
                [
                    ("run", "run_id"),
                    ("pipeline", "pipeline"),
                    ("started", "started_at"),
                    ("status", "status"),
                    ("verdict", "verdict"),
                    ("created", "summary.new"),
                    ("updated", "summary.updated"),
                    ("deleted", "summary.deleted"),
                    ("failed", "summary.failed"),
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
        return CommandOutcome.Done(
            Listing.Summary(page.Items.Count, "run", page.Next),
            new RunsResult(page.Items, page.Next),
            CliJson.Shared.RunsResult,
            screen =>
                screen.Table(
                    ["run", "pipeline", "started", "status", "verdict", "created", "updated", "deleted", "failed"],
                    page.Items.Select(Row)
                )
        );
    }

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
