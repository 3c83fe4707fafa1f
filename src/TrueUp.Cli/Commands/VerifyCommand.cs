using TrueUp.Cli.Execution;
using TrueUp.Pipelines;
using TrueUp.Runs;

namespace TrueUp.Cli.Commands;

/// <summary>Proves without writing.</summary>
internal sealed class VerifyCommand(CommandRunner runner)
    : SyncCommand(runner, "verify", "Compare both sides and write to neither; needs no earlier run")
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        [
            "trueup verify sellers.yaml && echo equal",
            "trueup verify sellers.yaml --json | jq .result.verification.drift",
        ];

    /// <inheritdoc />
    protected override Task<RunOutcome> StartAsync(
        SyncEngine engine,
        PipelineDefinition pipeline,
        RunOptions options,
        CancellationToken cancellationToken
    ) => engine.VerifyAsync(pipeline, options, cancellationToken);
}
