using System.Text.Json;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Store;

namespace TrueUp.Cli.Composition;

/// <summary>Makes what the engine returned into what a command returns.</summary>
internal static class RunOutcomes
{
    /// <summary>The outcome of a command that ran a pipeline.</summary>
    /// <param name="home">Where the run left its trail.</param>
    /// <param name="outcome">What the engine returned.</param>
    /// <param name="warnings">What reading the pipeline file had to say.</param>
    public static async Task<CommandOutcome> TellAsync(
        TrueUpHome home,
        RunOutcome outcome,
        IReadOnlyList<Finding> warnings
    )
    {
        var result = await ResultAsync(home, outcome);
        result = result with { Warnings = [.. FindingBody.OfAll(warnings), .. result.Warnings] };
        return new CommandOutcome(RunVerdict.ExitCode(outcome), RunVerdict.Summary(outcome))
        {
            Result = JsonSerializer.SerializeToElement(result, CliJson.Shared.RunResult),
            Error = RunVerdict.Error(outcome),
            Details = screen => RunReport.Write(result, screen),
        };
    }

    /// <summary>
    /// What is told about a run. Even after Ctrl-C these look-ups are wanted, so nothing cancels them.
    /// </summary>
    public static async Task<RunResult> ResultAsync(TrueUpHome home, RunOutcome outcome)
    {
        var receipt = await home.Receipts.OfRunAsync(outcome.RunId, CancellationToken.None);
        return RunResult.Of(
            outcome,
            await home.DeadLetters.CountPendingAsync(outcome.Pipeline, CancellationToken.None),
            receipt is null ? null : Path.Combine(home.Folder, receipt.Path)
        );
    }
}
