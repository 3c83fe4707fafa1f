using System.Runtime.InteropServices;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;

namespace TrueUp.Cli.Commands;

/// <summary>Says which TrueUp this is.</summary>
internal sealed class VersionCommand(CommandRunner runner)
    : TrueUpCommand(runner, "version", "Say which version this is")
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup version --json", "trueup --version"];

    /// <inheritdoc />
    public override Task<CommandOutcome> ExecuteAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var result = new VersionResult(
            ProductVersion.Text,
            RuntimeInformation.FrameworkDescription,
            $"{RuntimeInformation.RuntimeIdentifier}"
        );
        return Task.FromResult(
            CommandOutcome.Done(
                $"trueup {result.Version} ({result.Runtime}, {result.System})",
                result,
                CliJson.Shared.VersionResult
            )
        );
    }
}
