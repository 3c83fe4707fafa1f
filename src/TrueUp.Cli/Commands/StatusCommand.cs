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

/// <summary>Says how the pipelines of the home stand.</summary>
internal sealed class StatusCommand : LookupCommand
{
    private static readonly string[] Headers =
    [
        "pipeline",
        "state",
        "last sync",
        "last run",
        "verdict",
        "proven",
        "proof age",
    ];

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
    protected override Func<ServerClient, Invocation, CancellationToken, Task<CommandOutcome>> Ask => AskAsync;

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
            ? Unknown($"No pipeline called {pipeline} has ever run here.")
            : CommandOutcome.Done(
                Listing.Summary(found.Count, "pipeline", null),
                new StatusResult(found),
                CliJson.Shared.StatusResult,
                screen => screen.Table(Headers, found.Select(Row))
            );
    }

    private async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var name = invocation.Parsed.GetValue(_pipeline);
        var page = name is null
            ? await RemotePages.ReadAsync(
                client,
                "pipelines",
                [],
                PipelineQueries.PipelinesMax,
                null,
                cancellationToken
            )
            : await OneAsync(client, name, cancellationToken);
        if (page is null)
        {
            return Unknown($"The server has no pipeline called {name}.");
        }
        var (found, json) = LocalForm.Pipelines(page);
        // A server knows more of a pipeline than whether it runs.
        var rows = found.Zip(page.Items, Row).ToList();
        return new CommandOutcome(ExitCodes.Success, Listing.Summary(found.Count, "pipeline", null))
        {
            Result = JsonSerializer.SerializeToElement(new JsonObject { ["pipelines"] = json }),
            Details = screen => screen.Table([.. Headers, "schedule", "open job"], rows),
        };
    }

    private static async Task<Page<JsonObject>?> OneAsync(
        ServerClient client,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var answer = await client.GetAsync($"pipelines/{ServerClient.Segment(name)}", cancellationToken);
            return answer.TryGetProperty("pipeline", out var pipeline) && JsonObject.Create(pipeline) is { } found
                ? new Page<JsonObject>([found], null)
                : throw ServerException.Stranger("The server's answer has no pipeline.");
        }
        catch (ServerException refusal) when (refusal.Error.Code == "not_found")
        {
            return null;
        }
    }

    private static CommandOutcome Unknown(string message) =>
        CommandOutcome.Failed(
            ExitCodes.Usage,
            new ErrorBody("pipeline_unknown", message, "List all with `trueup status`.")
        );

    private static IReadOnlyList<string> Row(PipelineStatus status, JsonObject pipeline) =>
        [
            status.Pipeline,
            $"{pipeline["state"]}",
            .. Row(status).Skip(2),
            $"{pipeline["schedule"]}",
            $"{pipeline["open_job_id"]}",
        ];

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
