using System.CommandLine;
using System.Globalization;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Remote;
using TrueUp.Cli.Results;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Commands;

/// <summary>Says how the pipelines of the home stand.</summary>
internal sealed class StatusCommand : LookupCommand
{
    private readonly Argument<string?> _pipeline = new("PIPELINE")
    {
        Description = "The pipeline's name; all by default",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <param name="runner">Runs it.</param>
    public StatusCommand(CommandRunner runner)
        : base(runner, "status", "Say how pipelines stand: last sync, state, verdict, age of the last proof")
    {
        Add(_pipeline);
        Add(ServerOptions.Server);
        Add(ServerOptions.KeyFile);
    }

    /// <inheritdoc />
    protected override Func<ServerClient, Invocation, CancellationToken, Task<CommandOutcome>> Ask =>
        (client, invocation, cancellationToken) =>
            RemoteListing.AskAsync(
                client,
                "pipelines" + ServerClient.Query(("search", invocation.Parsed.GetValue(_pipeline)), ("limit", "1000")),
                "pipeline",
                [
                    ("pipeline", "name"),
                    ("state", "state"),
                    ("last sync", "last_sync"),
                    ("verdict", "last_verdict"),
                    ("proven", "proven_at"),
                    ("schedule", "schedule"),
                    ("open job", "open_job_id"),
                ],
                cancellationToken
            );

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        ["trueup status", "trueup status sellers --json | jq .result.pipelines[0].proof_age_seconds"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> LookAsync(
        TrueUpHome home,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var pipeline = invocation.Parsed.GetValue(_pipeline);
        var found = await home.Pipelines.StatusAsync(pipeline, cancellationToken);
        return pipeline is not null && found.Count == 0
            ? CommandOutcome.Failed(
                ExitCodes.Usage,
                new ErrorBody(
                    "pipeline_unknown",
                    $"No pipeline called {pipeline} has ever run here.",
                    "List all with `trueup status`."
                )
            )
            : CommandOutcome.Done(
                Listing.Summary(found.Count, "pipeline", null),
                new StatusResult(found),
                CliJson.Shared.StatusResult,
                screen =>
                    screen.Table(
                        ["pipeline", "state", "last sync", "last run", "verdict", "proven", "proof age"],
                        found.Select(Row)
                    )
            );
    }

    private static IReadOnlyList<string> Row(PipelineStatus status) =>
        [
            status.Pipeline,
            status.IsRunning ? "running" : "idle",
            status.LastSync is { } sync ? Listing.Time(sync) : "never",
            status.LastStatus is { } last ? FilterOptions.SnakeCase(last.ToString()) : "",
            status.LastVerdict?.ToString().ToLowerInvariant() ?? status.LastError ?? "",
            status.ProvenAt is { } proven ? Listing.Time(proven) : "never",
            status.ProofAgeSeconds is { } age ? Age(TimeSpan.FromSeconds(age)) : "",
        ];

    private static string Age(TimeSpan age) =>
        age switch
        {
            { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} days"),
            { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} hours"),
            { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} minutes"),
            _ => "under 2 minutes",
        };
}
