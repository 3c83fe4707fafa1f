using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Audit;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Runs;

namespace TrueUp.Cli.Composition;

/// <summary>Asks both sides of a receipt again. Writes nothing, not even to the home.</summary>
internal static class LiveReceipts
{
    /// <summary>Compares both sides now and says whether the receipt's claim still holds.</summary>
    /// <param name="file">The receipt's file, which was found whole.</param>
    /// <param name="pipelineFile">The pipeline file that was named, or null for the one its run used.</param>
    /// <param name="invocation">The command line.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<CommandOutcome> CheckAsync(
        string file,
        string? pipelineFile,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var body = Receipt.Parse(await File.ReadAllTextAsync(file, cancellationToken), out _).Body;
        var path = pipelineFile ?? await FileOfRunAsync(body.RunId, invocation, cancellationToken);
        if (path is null)
        {
            return Unusable(
                "pipeline_unknown",
                $"{invocation.Home} does not know the pipeline file of run {body.RunId}.",
                "Name it with --pipeline FILE."
            );
        }
        var reading = PipelineFiles.Read(path);
        if (reading.Pipeline is not { } pipeline)
        {
            return PipelineFiles.Refused(path, reading);
        }
        if (!string.Equals(pipeline.Name, body.Pipeline, StringComparison.Ordinal))
        {
            return Unusable(
                "pipeline_other",
                $"{path} is the pipeline {pipeline.Name}; the receipt is about {body.Pipeline}.",
                "Name the pipeline's own file with --pipeline FILE."
            );
        }
        var now = await RunProgressBar.WithAsync(
            invocation.Screen,
            progress => VerifyAsync(pipeline, body.OnlyUnits ?? [], progress, invocation, cancellationToken)
        );
        if (now.Error is not null || now.Status == RunStatus.Cancelled)
        {
            return CommandOutcome.Failed(RunVerdict.ExitCode(now), RunVerdict.Error(now)!);
        }
        return Tell(file, path, LiveCheck.Of(body, pipeline, now));
    }

    private static Task<RunOutcome> VerifyAsync(
        PipelineDefinition pipeline,
        IReadOnlyList<string> units,
        IProgress<RunProgress>? progress,
        Invocation invocation,
        CancellationToken cancellationToken
    ) =>
        new SyncEngine(
            Connectors.Registry,
            new SilentAudit("receipt-check"),
            invocation.Clock,
            NullLogger.Instance
        ).VerifyAsync(ReadOnly(pipeline), new RunOptions { Units = units, Progress = progress }, cancellationToken);

    // A self-test writes a canary table.
    private static PipelineDefinition ReadOnly(PipelineDefinition pipeline) =>
        pipeline with
        {
            Verify = pipeline.Verify with { SelfTest = SelfTestPolicy.Off },
        };

    private static async Task<string?> FileOfRunAsync(
        string runId,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        await using var home = Session.Look(invocation);
        return home is null ? null : (await home.Runs.GetAsync(runId, cancellationToken))?.PipelineFile;
    }

    private static CommandOutcome Tell(string file, string pipelineFile, LiveCheck live)
    {
        var result = new ReceiptCheckResult(file, live.Holds) { PipelineFile = pipelineFile, Live = live };
        var summary = live switch
        {
            { Holds: true } => $"Receipt {file} holds, and what it claims still holds.",
            { VerdictThen: not ("verified" or "repaired" or "incomplete") } =>
                $"Receipt {file} is genuine, but claims no proof: its verdict is {live.VerdictThen}.",
            _ =>
                $"Receipt {file} is genuine, but what it claims no longer holds: then {live.VerdictThen}, now {live.Verdict}.",
        };
        return new CommandOutcome(live.Holds ? ExitCodes.Success : ExitCodes.NotProven, summary)
        {
            Result = JsonSerializer.SerializeToElement(result, CliJson.Shared.ReceiptCheckResult),
            Error = live.Holds
                ? null
                : new ErrorBody(
                    "claim_outdated",
                    summary,
                    "See what differs with `trueup verify`; repair it with `trueup run`."
                ),
            Details = screen => LiveReport.Write(live, screen),
        };
    }

    private static CommandOutcome Unusable(string code, string message, string suggestion) =>
        CommandOutcome.Failed(ExitCodes.Usage, new ErrorBody(code, message, suggestion));
}
