using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;

namespace TrueUp.Cli.Remote;

/// <summary>Asks a server to run a pipeline.</summary>
internal sealed class TriggerCommand : RemoteCommand
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly Argument<string> _pipeline = new("PIPELINE") { Description = "The pipeline's name" };

    private readonly Option<string?> _unit = new("--unit")
    {
        Description = "Only this unit of it: a table, a file, a tournament",
        HelpName = "UNIT",
    };

    private readonly Option<string?> _priority = new("--priority")
    {
        Description = "normal, high, or emergency",
        HelpName = "PRIORITY",
    };

    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Why, for the audit",
        HelpName = "TEXT",
    };
    private readonly Option<bool> _verify = new("--verify-only") { Description = "Compare only, and write nothing" };
    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until it has ended" };
    private readonly TimeProvider _clock;

    /// <param name="runner">Runs it.</param>
    public TriggerCommand(CommandRunner runner)
        : base(runner, "trigger", "Ask a server to run a pipeline now")
    {
        _clock = runner.Clock;
        Add(_pipeline);
        foreach (var option in (Option[])[_unit, _priority, _reason, _verify, _wait])
        {
            Add(option);
        }
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        [
            "trueup trigger sellers --reason \"month end\"",
            "trueup trigger sellers --priority emergency --wait",
            "trueup trigger tournaments --unit 4711 --server https://sync.example.org --key-file ~/.trueup-key",
        ];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var body = new JsonObject
        {
            ["entity_type"] = invocation.Get(_pipeline),
            ["priority"] = (invocation.Get(_priority) ?? "normal").ToUpperInvariant(),
        };
        Set(body, "unit", invocation.Get(_unit));
        Set(body, "reason", invocation.Get(_reason));
        if (invocation.Get(_verify))
        {
            body["verify_only"] = true;
        }
        var job = await client.SendAsync(HttpMethod.Post, "sync-admin/manual-trigger", body, cancellationToken);
        if (invocation.Get(_wait))
        {
            job = await WaitAsync(client, job, cancellationToken);
        }
        return Tell(job);
    }

    private async Task<JsonElement> WaitAsync(ServerClient client, JsonElement job, CancellationToken cancellationToken)
    {
        var path = $"sync-admin/jobs/{ServerClient.Segment(job.Field("sync_job_id"))}";
        while (!JobText.IsEnded(job))
        {
            await Task.Delay(Pace, _clock, cancellationToken);
            job = await client.GetAsync(path, cancellationToken);
        }
        return job;
    }

    private static CommandOutcome Tell(JsonElement job)
    {
        var status = job.Field("status");
        return new CommandOutcome(
            status is "failed" or "cancelled" ? ExitCodes.NotProven : ExitCodes.Success,
            JobText.Of(job)
        )
        {
            Result = job,
            Error =
                status == "failed"
                    ? new ErrorBody(
                        job.Field("error_code") is { Length: > 0 } code ? code : "job_failed",
                        job.Field("error_message") is { Length: > 0 } message ? message : JobText.Of(job),
                        job.Field("run_id") is { Length: > 0 } run
                            ? $"See `trueup errors --run {run}`."
                            : "See the server's log."
                    )
                    : null,
        };
    }

    private static void Set(JsonObject body, string name, string? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }
}
