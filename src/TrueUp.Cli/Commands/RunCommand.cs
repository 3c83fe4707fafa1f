using System.CommandLine;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Cli.Commands;

/// <summary>Synchronises and proves.</summary>
internal sealed class RunCommand : SyncCommand
{
    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Say what would change, and write nothing",
    };

    /// <param name="runner">Runs it.</param>
    public RunCommand(CommandRunner runner)
        : base(runner, "run", "Make the target equal to the source, and prove it") => Add(_dryRun);

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        [
            "trueup run sellers.yaml",
            "trueup run sellers.yaml --dry-run",
            "trueup run sellers.yaml --json | jq .result.verification.verdict",
        ];

    /// <summary>Two runs of one pipeline do not overlap: a server that is at it goes first (P39).</summary>
    protected override async Task<CommandOutcome?> RefusalAsync(
        TrueUpHome home,
        PipelineDefinition pipeline,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var isRunning =
            await home.Queue.OpenAsync(pipeline.Name, cancellationToken) is { } job
            && job.IsHeldAt(invocation.Clock.GetUtcNow());
        return isRunning && !invocation.Get(_dryRun)
            ? CommandOutcome.Failed(
                ExitCodes.NotProven,
                new ErrorBody(
                    "already_running",
                    $"A server of this home runs {pipeline.Name} now: nothing was started.",
                    "Look at `trueup status`, and run it again when the server is done."
                )
            )
            : null;
    }

    /// <inheritdoc />
    protected override Task<RunOutcome> StartAsync(
        SyncEngine engine,
        PipelineDefinition pipeline,
        RunOptions options,
        CancellationToken cancellationToken
    ) => engine.RunAsync(pipeline, options, cancellationToken);

    /// <inheritdoc />
    protected override RunOptions OptionsFor(Invocation invocation, IProgress<RunProgress>? progress) =>
        base.OptionsFor(invocation, progress) with
        {
            DryRun = invocation.Get(_dryRun),
        };
}
