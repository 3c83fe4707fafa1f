using System.Text.Json;
using TrueUp.Cli.Composition;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Store;

namespace TrueUp.Cli.Commands;

/// <summary>
/// What <c>run</c> and <c>verify</c> have in common: a pipeline goes through the engine and its outcome is told.
/// </summary>
internal abstract class SyncCommand(CommandRunner runner, string path, string description)
    : PipelineCommand(runner, path, description)
{
    /// <inheritdoc />
    public sealed override async Task<CommandOutcome> ExecuteAsync(
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var reading = Read(invocation);
        if (reading.Pipeline is not { } pipeline)
        {
            return PipelineFiles.Refused(FileOf(invocation), reading);
        }
        await using var session = Session.Open(invocation);
        if (await RefusalAsync(session.Home, pipeline, invocation, cancellationToken) is { } refusal)
        {
            return refusal;
        }
        var outcome = await RunProgressBar.WithAsync(
            invocation.Screen,
            progress => StartAsync(session.Engine, pipeline, OptionsFor(invocation, progress), cancellationToken)
        );
        return await RunOutcomes.TellAsync(session.Home, outcome, reading.Findings);
    }

    /// <summary>Why the command is not to be done now, or null.</summary>
    protected virtual Task<CommandOutcome?> RefusalAsync(
        TrueUpHome home,
        PipelineDefinition pipeline,
        Invocation invocation,
        CancellationToken cancellationToken
    ) => Task.FromResult<CommandOutcome?>(null);

    /// <summary>Hands the pipeline to the engine.</summary>
    protected abstract Task<RunOutcome> StartAsync(
        SyncEngine engine,
        PipelineDefinition pipeline,
        RunOptions options,
        CancellationToken cancellationToken
    );

    /// <summary>What the engine is told beyond the pipeline.</summary>
    protected virtual RunOptions OptionsFor(Invocation invocation, IProgress<RunProgress>? progress) =>
        new()
        {
            Trigger = TriggerSource.Manual,
            TriggeredBy = Environment.UserName,
            Progress = progress,
        };
}
