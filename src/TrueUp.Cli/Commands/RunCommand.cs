using System.CommandLine;
using TrueUp.Cli.Execution;
using TrueUp.Pipelines;
using TrueUp.Runs;

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
