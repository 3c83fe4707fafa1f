using System.Text.Json;
using TrueUp.Cli.Composition;
using TrueUp.Cli.Doctor;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;

namespace TrueUp.Cli.Commands;

/// <summary>Looks at everything a run needs, and writes nothing.</summary>
internal sealed class DoctorCommand(CommandRunner runner)
    : PipelineCommand(runner, "doctor", "Check a pipeline file, both sides and what a run would do; write nothing")
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        ["trueup doctor sellers.yaml", "trueup doctor sellers.yaml --json"];

    /// <inheritdoc />
    public override async Task<CommandOutcome> ExecuteAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var reading = Read(invocation);
        var checkup = new Checkup(Composition.Connectors.Registry, invocation.Clock);
        if (reading.Pipeline is { } pipeline)
        {
            checkup.Add("pipeline file", CheckStatus.Ok, $"{FileOf(invocation)} is well formed");
            await RunProgressBar.WithAsync(
                invocation.Screen,
                async progress =>
                {
                    await checkup.RunAsync(pipeline, progress, cancellationToken);
                    return true;
                }
            );
        }
        else
        {
            checkup.Fail(PipelineFiles.Error(FileOf(invocation), reading), ExitCodes.Usage);
        }
        return Tell(new DoctorResult(reading.Pipeline?.Name, checkup.Checks, checkup.WouldChange), checkup);
    }

    private static CommandOutcome Tell(DoctorResult result, Checkup checkup)
    {
        var summary = checkup.Error is null
            ? $"{result.Pipeline}: ready to run."
            : $"{checkup.Checks.Count(c => c.Status == CheckStatus.Failed)} of {checkup.Checks.Count} checks failed.";
        return new CommandOutcome(checkup.ExitCode, summary)
        {
            Result = JsonSerializer.SerializeToElement(result, CliJson.Shared.DoctorResult),
            Error = checkup.Error,
            ErrorIsInDetails = true,
            Details = screen =>
                screen.Table(
                    ["check", "status", "found", "what to do"],
                    checkup.Checks.Select(c =>
                        (IReadOnlyList<string>)[c.Check, c.Status, c.Message, c.Suggestion ?? ""]
                    )
                ),
        };
    }
}
