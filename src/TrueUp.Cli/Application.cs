using System.CommandLine;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;

namespace TrueUp.Cli;

/// <summary>The `trueup` command: its commands, and what happens to a command line that is none.</summary>
internal static class Application
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TimeProvider clock)
    {
        var runner = new CommandRunner(clock);
        var parsed = new TrueUpRoot(runner).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not (HelpText or VersionText) && UsageReport.Error(parsed) is { } error)
        {
            return UsageReport.Write(parsed, error, args);
        }
        var configuration = new InvocationConfiguration
        {
            // The runner listens to signals and reports exceptions itself.
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        };
        return await parsed.InvokeAsync(configuration);
    }
}
